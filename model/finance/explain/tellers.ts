import { z } from 'zod'
import { ComparisonResult } from '../../compare/comparison-result.ts'
import { comparisonWords } from '../../compare/plan-words.ts'
import { numberText, percentText, usdText } from '../../format.ts'
import { CaseOutput } from '../business-case-fields.ts'
import { availability } from '../mix/availability.ts'
import { bestMix } from '../mix/best-mix.ts'
import { gates } from '../mix/gates.ts'
import { AdaptationResult } from '../outcome/adaptation-fields.ts'
import { evaluation } from '../outcome/evaluation.ts'
import { taskCost } from '../outcome/task-cost.ts'
import { UncertaintyOutput } from '../uncertainty/uncertainty-fields.ts'
import { caseWords } from './case-words.ts'

/** What to say of a result of one shape; null of any other. */
type Teller = (result: unknown) => string[] | null

function teller<Schema extends z.ZodType>(
  schema: Schema,
  tell: (result: z.output<Schema>) => string[],
): Teller {
  return (result) => {
    const parsed = schema.safeParse(result)
    return parsed.success ? tell(parsed.data) : null
  }
}

const tellers: readonly Teller[] = [
  teller(CaseOutput, caseWords),
  teller(ComparisonResult, comparisonWords),
  teller(z.looseObject({ comparison: ComparisonResult }), ({ comparison }) => comparisonWords(comparison)),
  teller(UncertaintyOutput, ({ options, cheapestOnAverage, sensitivities }) => {
    const best = options.find(({ name }) => name === cheapestOnAverage)
    const [first] = sensitivities
    return [
      ...(best
        ? [
            `${best.name} costs least on average: ${usdText(best.meanUsd)}, between ${usdText(best.p5Usd)} and ${usdText(best.p95Usd)} in nine cases of ten; it is the cheapest in ${percentText(best.probabilityCheapest)} of the draws.`,
          ]
        : []),
      ...(first
        ? [
            `It hangs most on ${first.input} (${percentText(first.shareOfVariance)} of the spread)${first.flip ? `; at ${numberText(first.flip.value)} the verdict changes to ${first.flip.cheapestAbove === cheapestOnAverage ? first.flip.cheapestBelow : first.flip.cheapestAbove}` : '; nothing in its range changes the verdict'}.`,
          ]
        : []),
    ]
  }),
  teller(bestMix.output, (mix) => [
    mix.baseReplicas === 0
      ? `Own nothing: the burst of ${numberText(mix.burstHours)} hours is cheaper to buy.`
      : `Own ${numberText(mix.baseReplicas)} ${mix.baseReplicas === 1 ? 'replica' : 'replicas'} for ${usdText(mix.baseUsd)}, ${mix.baseUseRatio === null ? '' : `${percentText(mix.baseUseRatio)} used, `}and buy what ${numberText(mix.burstHours)} busy hours take above that.`,
    ...(mix.nextBaseUsdPerReplicaHour === null
      ? []
      : [
          `The next step of the base would pay below ${usdText(mix.nextBaseUsdPerReplicaHour)} for each replica and hour.`,
        ]),
  ]),
  teller(availability.output, ({ availability: ratio, replicaCountForTarget }) => [
    `Enough replicas work ${(ratio * 100).toPrecision(6)}% of the time.`,
    ...(replicaCountForTarget === null
      ? []
      : [`${numberText(replicaCountForTarget)} replicas reach the target.`]),
  ]),
  teller(gates.output, ({ passing, options }) => [
    `${passing} of ${options.length} options may be chosen.`,
    ...options.flatMap(({ name, failures }) =>
      failures.map(({ because, cure }) => `${name} may not: ${because} ${cure}`),
    ),
  ]),
  teller(AdaptationResult, ({ cheapest, ways }) =>
    ways
      .toSorted((a, b) => Number(b.name === cheapest) - Number(a.name === cheapest))
      .map(({ name, usdPerSuccess, usdPerMonth, successRatio, breakEvenSuccessRatio }) =>
        usdPerSuccess === null
          ? `With ${name} no task succeeds, so none has a cost.`
          : `${name}${name === cheapest ? ' has the cheapest successful task' : ''}: ${usdText(usdPerSuccess)} for a task that succeeds, ${usdText(usdPerMonth)} a month, ${percentText(successRatio)} success${breakEvenSuccessRatio === null ? '' : `; it breaks even with the best of the others at ${percentText(breakEvenSuccessRatio)}`}.`,
      ),
  ),
  teller(evaluation.output, ({ groups }) =>
    groups.map(
      ({ name, passes, cases, successRatio, lowSuccessRatio, highSuccessRatio, isEnough, casesForEnough }) =>
        `${name}: ${passes} of ${cases} cases pass (${percentText(successRatio)}; ${percentText(lowSuccessRatio)} to ${percentText(highSuccessRatio)} with 95% confidence)${isEnough ? '' : `, too few to settle it: about ${casesForEnough} would`}.`,
    ),
  ),
  teller(taskCost.output, (task) => [
    task.usdPerSuccess === null
      ? 'No task ever succeeds, so none has a cost.'
      : `A task that succeeds costs ${usdText(task.usdPerSuccess)}: ${percentText(task.taskSuccessRatio)} of tasks do, after ${numberText(task.attemptsPerTask)} attempts.`,
    ...(task.lowSuccessRatio === null || task.highSuccessRatio === null
      ? []
      : [
          `Its attempts succeed in ${percentText(task.lowSuccessRatio)} to ${percentText(task.highSuccessRatio)} of cases, with 95% confidence.`,
        ]),
    ...(task.breakEvenSuccessRatio === null
      ? []
      : [`It breaks even with the alternative at ${percentText(task.breakEvenSuccessRatio)} success.`]),
  ]),
]

/** The sentences of a result whose shape is known, or null. */
export function told(result: unknown): string[] | null {
  for (const tell of tellers) {
    const words = tell(result)
    if (words !== null && words.length > 0) return words
  }
  return null
}
