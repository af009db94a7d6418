import { z } from 'zod'
import { divideBy, evaluate, group, product, sum, type Term } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { evaluationOf, successOf } from './success.ts'
import { breakEvenSuccess, outcomeOf, type Task, usdPerSuccess } from './task.ts'
import { widestUseful, wilsonInterval } from './wilson.ts'

const usd = (title: string, description: string) =>
  z.number().min(0).max(1e9).meta({ title, description, 'x-unit': 'USD' })
const ratio = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })
const count = (title: string, description: string, least: number, most: number) =>
  z.number().int().min(least).max(most).meta({ title, description, 'x-unit': 'count' })

export const taskCost = calculation({
  id: 'task-cost',
  title: 'Cost of a successful task',
  summary:
    'What a task that succeeds costs, with retries, escalation to another model and human review; and the success rate that would break even',
  formula:
    'usdPerSuccess = (attempts × usdPerAttempt + escalated × escalationUsd + reviewRatio × reviewUsd) / success, attempts = (1 − (1 − p)^m) / p',
  input: z.strictObject({
    usdPerAttempt: usd('Attempt', 'What one attempt costs in tokens or GPU time'),
    successRatio: ratio('Success', 'Share of attempts that succeed; or give passes and cases').optional(),
    maximumAttempts: count('Attempts', 'Attempts before a task is escalated or given up', 1, 100).default(1),
    escalationUsd: usd(
      'Escalation',
      'What another model or a person takes for a task that failed',
    ).optional(),
    escalationSuccessRatio: ratio(
      'Success of the escalation',
      'Share of escalated tasks that then succeed',
    ).default(1),
    reviewRatio: ratio('Reviewed', 'Share of tasks that a person reviews').default(0),
    reviewUsd: usd('Review', 'What one review costs').default(0),
    alternativeUsdPerSuccess: usd('Alternative', 'What a successful task costs otherwise').optional(),
    passes: count('Passes', 'Cases of your own evaluation that passed', 0, 1e9).optional(),
    cases: count('Cases', 'Cases of your own evaluation', 1, 1e9).optional(),
  }),
  output: z.strictObject({
    usdPerSuccess: z.number().nullable().meta({ title: 'Cost of a successful task', 'x-unit': 'USD' }),
    attemptsPerTask: z.number().meta({ title: 'Attempts of a task', 'x-unit': 'count' }),
    taskSuccessRatio: z.number().meta({ title: 'Tasks that succeed', 'x-unit': 'ratio' }),
    attemptSuccessRatio: z.number().meta({ title: 'Attempts that succeed', 'x-unit': 'ratio' }),
    lowSuccessRatio: z
      .number()
      .nullable()
      .meta({ title: 'At least, with 95% confidence', 'x-unit': 'ratio' }),
    highSuccessRatio: z
      .number()
      .nullable()
      .meta({ title: 'At most, with 95% confidence', 'x-unit': 'ratio' }),
    breakEvenSuccessRatio: z.number().nullable().meta({
      title: 'Success of an attempt at which the alternative costs the same; null where none is',
      'x-unit': 'ratio',
    }),
  }),
  sources: [
    {
      title:
        'E. B. Wilson, Journal of the American Statistical Association 22(158), 1927: interval of a share',
    },
  ],
  examples: [
    {
      title: 'A cheap model that is right four times in five, two attempts, then a frontier model',
      input: { usdPerAttempt: 0.01, successRatio: 0.8, maximumAttempts: 2, escalationUsd: 0.25 },
      value: 0.01 * 1.2 + 0.04 * 0.25,
    },
    {
      title: 'No escalation: what fails is paid and lost',
      input: { usdPerAttempt: 0.01, successRatio: 0.5 },
      value: 0.02,
    },
  ],
  compute(input) {
    const task: Task = {
      ...input,
      escalationUsd: input.escalationUsd ?? 0,
      escalationSuccessRatio: input.escalationUsd === undefined ? null : input.escalationSuccessRatio,
    }
    const p = successOf(input, '')
    const outcome = outcomeOf(p, task)
    const breakdown = outcome.successRatio > 0 ? termsOf(p, task) : []
    const value = outcome.successRatio > 0 ? evaluate(breakdown) : null
    const evaluated = evaluationOf(input, '')
    const at = (confidence: number) => (evaluated ? wilsonInterval({ ...evaluated, confidence }) : null)
    const [wide, tenths] = [at(0.95), at(0.8)]
    const costs = tenths && { p10: usdPerSuccess(tenths.high, task), p90: usdPerSuccess(tenths.low, task) }
    return {
      result: {
        usdPerSuccess: value,
        attemptsPerTask: outcome.attempts,
        taskSuccessRatio: outcome.successRatio,
        attemptSuccessRatio: p,
        lowSuccessRatio: wide?.low ?? null,
        highSuccessRatio: wide?.high ?? null,
        breakEvenSuccessRatio:
          input.alternativeUsdPerSuccess === undefined
            ? null
            : breakEvenSuccess(task, input.alternativeUsdPerSuccess),
      },
      value,
      unit: 'USD',
      breakdown,
      assumptions: [
        noticed,
        ...(value === null ? [neverSucceeds] : []),
        ...(wide && evaluated && wide.high - wide.low > widestUseful ? [tooFew(evaluated.cases, wide)] : []),
      ],
      interval: value !== null && costs && Number.isFinite(costs.p90) ? { ...costs, p50: value } : null,
    }
  },
})

function termsOf(p: number, task: Task): Term[] {
  const { attempts, escalatedRatio, successRatio } = outcomeOf(p, task)
  const of = (share: number, what: string, each: number, unit: 'count' | 'ratio') =>
    product({ name: what, value: share, unit }, { name: 'cost of one', value: each, unit: 'USD' })
  return [
    ...sum(
      group('attempts', 'USD', of(attempts, 'attempts of a task', task.usdPerAttempt, 'count')),
      group('escalation', 'USD', of(escalatedRatio, 'tasks escalated', task.escalationUsd, 'ratio')),
      group('review', 'USD', of(task.reviewRatio, 'tasks reviewed', task.reviewUsd, 'ratio')),
    ),
    divideBy({ name: 'tasks that succeed', value: successRatio, unit: 'ratio' }),
  ]
}

const noticed: Assumption = {
  field: 'successRatio',
  value: null,
  unit: 'ratio',
  because: 'Attempts are independent, and every failure is noticed before the task is used.',
}
const neverSucceeds: Assumption = {
  field: 'usdPerSuccess',
  value: null,
  unit: 'USD',
  because: 'No task ever succeeds, so none has a cost.',
}
const tooFew = (
  cases: number,
  { low, high }: { readonly low: number; readonly high: number },
): Assumption => ({
  field: 'cases',
  value: cases,
  unit: 'count',
  because: `Too few cases to settle it: the success rate may be ${low.toFixed(2)} or ${high.toFixed(2)}; the interval halves with four times as many.`,
})
