import type { Assumption } from '../calculation.ts'
import { type Facts, sourceOf } from '../facts.ts'
import type { Source } from '../source.ts'
import type { CaseLine } from './case-lines.ts'
import type { CitedRange } from './lines/figure.ts'
import type { PlannedOption } from './lines/option-lines.ts'

/** What rents of a constant set of sellers did from February to July 2026: the least and the most of NVIDIA's parts. */
const lowFact = 'gpu_rent_change_h200_feb_to_jul_2026'
const highFact = 'gpu_rent_change_b200_feb_to_jul_2026'

interface Band {
  readonly low: number
  readonly high: number
}

interface Bands {
  /** For rent lines without a band of their own; null where no fact gives one. */
  readonly usual: Band | null
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

/** The band that rent lines take when none is given, with its source. */
export function rentBands(options: readonly { readonly lines: readonly CaseLine[] }[], facts: Facts): Bands {
  const wanting = options.some(({ lines }) =>
    lines.some((line) => line.kind === 'gpu-rent' && line.bandPerYear === undefined),
  )
  if (!wanting) return { usual: null, assumptions: [], sources: [] }
  const [low, high] = [facts.costInput(lowFact), facts.costInput(highFact)]
  if (!low || !high || low.value === null || high.value === null) {
    return {
      usual: null,
      assumptions: [
        {
          field: 'bandPerYear',
          value: null,
          unit: null,
          because: 'No fact says how far rents may move in a year.',
        },
      ],
      sources: [],
    }
  }
  const usual = { low: low.value - 1, high: high.value - 1 }
  return {
    usual,
    assumptions: [
      {
        field: 'bandPerYear',
        value: usual,
        unit: 'ratio',
        because: `The least and the most that rents of one set of sellers moved from February to July 2026, taken as a year's.`,
        source: sourceOf(low),
      },
    ],
    sources: [sourceOf(low), sourceOf(high)],
  }
}

/** The band of each rent as a range of its change a year, the change that is planned the likeliest. */
export function rentRanges(
  { options }: { readonly options: readonly PlannedOption[] },
  { usual }: Bands,
): CitedRange[] {
  const rangeOf = (field: string, mode: number, band: Band | null): CitedRange[] =>
    band === null ? [] : [{ field, low: Math.min(band.low, mode), mode, high: Math.max(band.high, mode) }]
  return options.flatMap(({ lines, owning }, at) => [
    ...lines.flatMap((line, index) =>
      line.kind === 'gpu-rent'
        ? rangeOf(`options.${at}.lines.${index}.changePerYear`, line.changePerYear, line.bandPerYear ?? usual)
        : [],
    ),
    ...(owning?.acquisition === 'rent'
      ? rangeOf(`options.${at}.owning.rentChangePerYear`, owning.rentChangePerYear, usual)
      : []),
  ])
}

/** The lines with every rent at one end of its band. */
export const withRents = (lines: readonly CaseLine[], { usual }: Bands, end: 'low' | 'high'): CaseLine[] =>
  lines.map((line) =>
    line.kind === 'gpu-rent'
      ? { ...line, changePerYear: (line.bandPerYear ?? usual)?.[end] ?? line.changePerYear }
      : line,
  )
