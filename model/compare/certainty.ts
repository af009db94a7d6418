import { z } from 'zod'
import type { Candidate } from './price-option.ts'
import type { Question } from './question.ts'
import { verdictOf } from './verdict.ts'

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
 * cheapest option at the slow end of its band, every other one at the fast end of its own. Where it holds there,
 * something must lie beyond the end of a band to overturn it: one chance in ten for each band, added up (Boole's
 * inequality), which needs no word on how errors go together.
 */
export function certaintyOf(question: Question, candidates: readonly Candidate[]): CertaintyResult {
  const { cheapest } = verdictOf(question)
  const banded = candidates.filter(({ speed }) => speed !== null)
  if (banded.length === 0) {
    return {
      atLeastRatio: null,
      sentence: `No probability can be stated: no figure here has a cited spread. ${notCounted}`,
    }
  }
  const atEnd = ({ option, speed }: Candidate, place: number) =>
    option.kind === 'token-api' || speed === null
      ? option
      : { ...option, outputTokensPerSecond: place === cheapest ? speed.p10 : speed.p90 }
  const worst = verdictOf({ ...question, options: candidates.map(atEnd) })
  const winner = candidates[cheapest]?.name ?? ''
  if (worst.cheapest !== cheapest) {
    const other = candidates[worst.cheapest]?.name ?? ''
    return {
      atLeastRatio: null,
      sentence: `Not sure: within the bands of the estimated speeds ${other} can be cheaper than ${winner}. A measurement would settle it. ${notCounted}`,
    }
  }
  // Options of one GPU and layout share one estimate, so they err together.
  const estimates = new Set(banded.map(({ gpu, speed }) => `${gpu} ${speed?.p50}`)).size
  const atLeastRatio = Math.max(0, 1 - beyondOneEnd * estimates)
  return {
    atLeastRatio,
    sentence: `It holds even where ${estimates === 1 ? 'the estimated speed is' : `each of the ${estimates} estimated speeds is`} at the worst end of the published spread. ${notCounted}`,
  }
}
