import type { Assumption } from '../../calculation.ts'

interface Spend {
  readonly committedUsd: number | null
  readonly seller: string
  /** What the month costs there. */
  readonly usd: number
  readonly field: string
}

/** What a month's cost makes of the spend that is owed to its seller anyway. */
export const committedSpend = ({ committedUsd, seller, usd, field }: Spend): Assumption[] =>
  committedUsd === null
    ? []
    : [
        {
          field,
          value: committedUsd,
          unit: 'USD/month',
          because:
            usd < committedUsd
              ? `You owe ${seller} this each month, whatever is used; this uses ${usd} of it, and ${committedUsd - usd} is left.`
              : `You owe ${seller} this each month, whatever is used; this uses all of it.`,
        },
      ]
