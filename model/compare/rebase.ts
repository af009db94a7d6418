import { z } from 'zod'
import type { ComparisonResult, OptionResult } from './comparison-result.ts'

const usdPerMonth = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'USD/month' })
const usd = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'USD' })

/** A saved comparison beside the same one at other prices. Null is a line or an option that one side lacks. */
export const Rebase = z.strictObject({
  cheapestThen: z.string().nullable(),
  cheapestNow: z.string().nullable(),
  isSameVerdict: z.boolean(),
  options: z.array(
    z.strictObject({
      name: z.string(),
      usdPerMonthThen: usdPerMonth('Cost a month, as saved'),
      usdPerMonthNow: usdPerMonth('Cost a month now'),
      differenceUsdPerMonth: z.number().meta({ title: 'Difference', 'x-unit': 'USD/month' }),
      lines: z.array(
        z.strictObject({
          name: z.string(),
          usdPerUnitThen: usd('Price of a unit, as saved'),
          usdPerUnitNow: usd('Price of a unit now'),
          differenceUsdPerMonth: z
            .number()
            .meta({ title: 'Its part of the difference', 'x-unit': 'USD/month' }),
        }),
      ),
    }),
  ),
})
export type Rebase = z.output<typeof Rebase>

/**
 * What moved between two answers to one question. The differences of an option's lines add up to the option's own: a
 * line or an option that is missing counts as nothing there.
 */
export function rebaseOf(before: ComparisonResult, after: ComparisonResult): Rebase {
  const places = [...new Set([...before.options, ...after.options].map(({ place }) => place))]
  const cheapestThen = before.options[0]
  const cheapestNow = after.options[0]
  return {
    cheapestThen: cheapestThen?.name ?? null,
    cheapestNow: cheapestNow?.name ?? null,
    isSameVerdict: cheapestThen?.place === cheapestNow?.place,
    options: places.map((place) => {
      const at = (result: ComparisonResult) => result.options.find((option) => option.place === place)
      return movedOption(at(before), at(after))
    }),
  }
}

function movedOption(
  before: OptionResult | undefined,
  after: OptionResult | undefined,
): Rebase['options'][number] {
  const linesThen = before?.lines ?? []
  const linesNow = after?.lines ?? []
  const names = [...new Set([...linesThen, ...linesNow].map(({ name }) => name))]
  return {
    name: after?.name ?? before?.name ?? '',
    usdPerMonthThen: before?.usdPerMonth ?? null,
    usdPerMonthNow: after?.usdPerMonth ?? null,
    differenceUsdPerMonth: (after?.usdPerMonth ?? 0) - (before?.usdPerMonth ?? 0),
    lines: names.map((name) => {
      const named = ({ name: one }: { readonly name: string }) => one === name
      const [was, is] = [linesThen.find(named), linesNow.find(named)]
      return {
        name,
        usdPerUnitThen: was?.usdPerUnit ?? null,
        usdPerUnitNow: is?.usdPerUnit ?? null,
        differenceUsdPerMonth: (is?.usd ?? 0) - (was?.usd ?? 0),
      }
    }),
  }
}
