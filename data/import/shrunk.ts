import { lostTooMany, rowsKeptAtLeast } from '../../model/prices/guard.ts'

interface Taken {
  readonly id: string
  readonly paths: readonly string[]
  readonly tokenOffers: number
  readonly gpuOffers: number
}

/** Publishers that lost more than three in ten of the rows of the last import, in sentences. */
export function shrunk(before: readonly Taken[], now: readonly Taken[]): string[] {
  const rowsOf = ({ tokenOffers, gpuOffers }: Taken): number => tokenOffers + gpuOffers
  const nameOf = ({ id, paths }: Taken): string => `${id} (${paths.join(', ')})`
  const last = new Map(before.map((taken) => [nameOf(taken), rowsOf(taken)]))
  return now.flatMap((taken) => {
    const rows = { before: last.get(nameOf(taken)) ?? 0, now: rowsOf(taken) }
    return lostTooMany(rows)
      ? [
          `${nameOf(taken)} gives ${rows.now} offers, fewer than ${rowsKeptAtLeast * 100}% of the ${rows.before} of the last import.`,
        ]
      : []
  })
}
