import { z } from 'zod'
import type { Candidate } from './price-option.ts'
import type { Question } from './question.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** How sure the verdict is, as far as cited spreads say. */
export const CertaintyResult = z.strictObject({
  atLeastRatio: z.number().nullable().meta({
    title: 'Probability that the verdict holds, at least',
    description: 'Null where no cited spread says',
    'x-unit': 'ratio',
  }),
  sentence: z.string().meta({ title: 'How sure' }),
})
type CertaintyResult = z.output<typeof CertaintyResult>

/** One in ten measurements lies beyond either end of a band. */
const beyondOneEnd = 0.1

const notCounted = 'Prices and traffic are taken as they stand.'

/**
 * The only spreads with a source are those of estimated speeds. The verdict is put to its worst corner: the
 * cheapest option anywhere in its band, every other estimate at the fast end of its own. Where it holds there,
 * something must lie beyond the end of a band to overturn it: one chance in ten for each band, added up (Boole's
 * inequality), which needs no word on how errors go together.
 */
export function certaintyOf(question: Question, candidates: readonly Candidate[]): CertaintyResult {
  const base = verdictOf(question)
  const banded = candidates.filter(({ speed }) => speed !== null)
  if (banded.length === 0) {
    return {
      atLeastRatio: null,
      sentence: `No probability can be stated: no figure here has a cited spread. ${notCounted}`,
    }
  }
  const winner = candidates[base.cheapest]
  const other = winner && cheaperWithin(question, candidates, { winner, base })
  if (winner && other) {
    return {
      atLeastRatio: null,
      sentence: `Not sure: within the bands of the estimated speeds ${other.name} can be cheaper than ${winner.name}. A measurement would settle it. ${notCounted}`,
    }
  }
  const estimates = new Set(banded.map(estimateOf)).size
  const atLeastRatio = Math.max(0, 1 - beyondOneEnd * estimates)
  return {
    atLeastRatio,
    sentence: `It holds even where ${estimates === 1 ? 'the estimated speed is' : `each of the ${estimates} estimated speeds is`} at the worst end of the published spread. ${notCounted}`,
  }
}

/** Options of one GPU and layout share one estimate, so they err together. */
const estimateOf = ({ gpu, speed }: Candidate): string | null => speed && `${gpu} ${speed.p50}`

interface Standing {
  readonly winner: Candidate
  readonly base: Verdict
}

/** An option that some speeds within the bands make cheaper than the winner, if there is one. */
function cheaperWithin(
  question: Question,
  candidates: readonly Candidate[],
  { winner, base }: Standing,
): Candidate | undefined {
  const shared = estimateOf(winner)
  const cheapestAt = (sharedSpeed: number): number => {
    const options = candidates.map((candidate) => {
      const { option, speed } = candidate
      if (option.kind === 'token-api' || speed === null) return option
      const isShared = shared !== null && estimateOf(candidate) === shared
      return { ...option, outputTokensPerSecond: isShared ? sharedSpeed : speed.p90 }
    })
    return verdictOf({ ...question, options }).cheapest
  }
  const overturned = hardestSpeeds({ winner, base })
    .map(cheapestAt)
    .find((place) => place !== base.cheapest)
  return overturned === undefined ? undefined : candidates[overturned]
}

/** Beyond so many steps a unit of hardware is less than a hundredth of them all. */
const mostSteps = 100

/** How far below a step it is tried. */
const justBelow = 1 - 1e-9

/**
 * The speeds at which the winner fares worst: between two of its own steps its cost stands still and that of others
 * can only rise as the speed falls, so it is enough to look just below each step, and at both ends.
 */
function hardestSpeeds({ winner: { speed }, base }: Standing): number[] {
  if (speed === null) return [Number.NaN]
  const { p10, p50, p90 } = speed
  const load = (base.loads[base.cheapest] ?? 0) * p50
  const [fewest, most] = [Math.ceil(load / p90), Math.ceil(load / p10)]
  const stride = Math.max(1, Math.ceil((most - fewest) / mostSteps))
  const steps: number[] = []
  for (let units = Math.max(1, fewest); units < most; units += stride) steps.push((load / units) * justBelow)
  return [p90, ...steps.filter((step) => step > p10), p10]
}
