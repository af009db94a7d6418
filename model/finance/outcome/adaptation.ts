import { divideBy, evaluate, group, product, sum, type Term } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { TOKENS_PER_MILLION } from '../../units.ts'
import { AdaptationInput, AdaptationResult, type Way } from './adaptation-fields.ts'
import { evaluationOf, successOf } from './success.ts'
import { breakEvenSuccess, outcomeOf, type Task, usdPerSuccess } from './task.ts'
import { widestUseful, wilsonInterval } from './wilson.ts'

export const adaptation = calculation({
  id: 'adaptation',
  title: 'Ways of changing a model',
  summary:
    'Prompting, retrieval and fine-tuning side by side: what each costs a month and for a task that succeeds, and the success rate at which it breaks even. Editing facts inside weights is not offered: edits spill over to other facts and wear a model down, and no evaluation can show that one has not',
  formula:
    'usdPerSuccess = (usdPerMonth / requestsPerMonth × attempts + escalated × escalationUsd) / success; what is paid once is spread over the horizon, what each model needs over its life',
  sheet: false,
  input: AdaptationInput,
  output: AdaptationResult,
  sources: [
    {
      title:
        'J.-C. Gu et al., "Model Editing Harms General Abilities of Large Language Models", 2024: why editing facts is not offered',
      url: 'https://arxiv.org/abs/2401.04700',
    },
    {
      title:
        'R. Cohen et al., "Evaluating the Ripple Effects of Knowledge Editing in Language Models", 2023: edits and the facts beside them',
      url: 'https://arxiv.org/abs/2307.12976',
    },
    {
      title:
        'E. B. Wilson, Journal of the American Statistical Association 22(158), 1927: interval of a share',
    },
  ],
  examples: [
    {
      title: 'A tuned model that needs no examples in its prompt, against one that does',
      input: {
        requestsPerMonth: 1_000_000,
        inputTokens: 500,
        outputTokens: 200,
        usdPerMillionInput: 1,
        usdPerMillionOutput: 4,
        ways: [
          { kind: 'prompting', name: 'examples', onceUsd: 0, addedInputTokens: 1500, successRatio: 0.8 },
          {
            kind: 'fine-tuning',
            name: 'tuned',
            onceUsd: 0,
            dataUsd: 6000,
            trainingUsd: 1200,
            evaluationUsd: 4800,
            modelLifeMonths: 12,
            successRatio: 0.9,
          },
        ],
      },
      value: (1300 + 1000) / 1e6 / 0.9,
      tolerance: 1e-12,
    },
  ],
  compute(input) {
    const ways = input.ways.map((way, at) => costed(way, at, input))
    const known = ways.filter(({ usdPerSuccess: usd }) => Number.isFinite(usd))
    const cheapest = known.toSorted((a, b) => a.usdPerSuccess - b.usdPerSuccess)[0]
    const breakdown = cheapest ? termsOf(cheapest, input) : []
    return {
      result: {
        cheapest: cheapest?.way.name ?? null,
        ways: ways.map(({ way, lines, usdPerMonth, task, p, usdPerSuccess: usd, wide }) => {
          const others = known.filter((other) => other.way !== way)
          return {
            name: way.name,
            kind: way.kind,
            lines: lines.map(({ name, value }) => ({ name, usdPerMonth: value })),
            usdPerMonth,
            usdPerAttempt: task.usdPerAttempt,
            successRatio: p,
            lowSuccessRatio: wide?.low ?? null,
            highSuccessRatio: wide?.high ?? null,
            usdPerSuccess: Number.isFinite(usd) ? usd : null,
            breakEvenSuccessRatio:
              others.length === 0
                ? null
                : breakEvenSuccess(task, Math.min(...others.map((other) => other.usdPerSuccess))),
          }
        }),
      },
      value: cheapest ? evaluate(breakdown) : null,
      unit: 'USD',
      breakdown,
      assumptions: [
        noticed,
        ...ways.flatMap(({ way, wide }, at) =>
          wide && wide.high - wide.low > widestUseful ? [tooFew(way, at, wide)] : [],
        ),
        ...(cheapest ? [] : [neverSucceeds]),
      ],
    }
  },
})

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: 'USD/month'
}

/** A way with its lines of a month, and what a task that succeeds then costs. */
function costed(way: Way, at: number, input: AdaptationInput) {
  const path = `ways.${at}.`
  const lines = linesOf(way, input, path).filter(({ value }, index) => index === 0 || value > 0)
  const usdPerMonth = lines.reduce((total, { value }) => total + value, 0)
  const task: Task = {
    usdPerAttempt: usdPerMonth / input.requestsPerMonth,
    maximumAttempts: input.maximumAttempts,
    escalationUsd: input.escalationUsd ?? 0,
    escalationSuccessRatio: input.escalationUsd === undefined ? null : 1,
    reviewRatio: 0,
    reviewUsd: 0,
  }
  const p = successOf(way, path)
  const evaluated = evaluationOf(way, path)
  return {
    way,
    lines,
    usdPerMonth,
    task,
    p,
    usdPerSuccess: usdPerSuccess(p, task),
    wide: evaluated && evaluated.cases > 0 ? wilsonInterval({ ...evaluated, confidence: 0.95 }) : null,
  }
}
type Costed = ReturnType<typeof costed>

function linesOf(way: Way, input: AdaptationInput, path: string): Line[] {
  const { requestsPerMonth, inputTokens, outputTokens, months } = input
  const line = (name: string, value: number): Line => ({ name, value, unit: 'USD/month' })
  const tokens = (count: number, usdPerMillion: number): number =>
    (requestsPerMonth * count * usdPerMillion) / TOKENS_PER_MILLION
  const tuned = way.kind === 'fine-tuning' ? way : undefined
  const inputPrice = tuned?.usdPerMillionInput ?? input.usdPerMillionInput
  const own = Math.max(0, inputTokens - (tuned?.savedInputTokens ?? 0))
  const shared = [
    line('input', tokens(own, inputPrice)),
    line('output', tokens(outputTokens, tuned?.usdPerMillionOutput ?? input.usdPerMillionOutput)),
    line('engineering', way.onceUsd / months),
  ]
  switch (way.kind) {
    case 'as-it-is':
      return shared
    case 'prompting': {
      const cached = way.addedInputTokens * way.cachedRatio
      return [
        ...shared,
        line('added input', tokens(way.addedInputTokens - cached, inputPrice)),
        ...(cached > 0 ? [line('added input, cached', tokens(cached, cachedPrice(input, path)))] : []),
      ]
    }
    case 'retrieval': {
      const embedding = way.embeddingUsdPerMillionTokens
      return [
        ...shared,
        line('added input', tokens(way.addedInputTokens, inputPrice)),
        line('embedding of the queries', tokens(way.queryTokens, embedding)),
        line(
          'embedding of the corpus',
          way.corpusMillionTokens * embedding * (1 / months + way.corpusRefreshesPerMonth),
        ),
        line('index', way.indexGb * way.indexUsdPerGbMonth),
      ]
    }
    case 'fine-tuning':
      return [
        ...shared,
        line('data', way.dataUsd / way.modelLifeMonths),
        line('training', way.trainingUsd / way.modelLifeMonths),
        line('evaluation', way.evaluationUsd / way.modelLifeMonths),
        line('hosting', way.hostingUsdPerMonth),
      ]
  }
}

function cachedPrice({ usdPerMillionCachedInput }: AdaptationInput, path: string): number {
  if (usdPerMillionCachedInput !== undefined) return usdPerMillionCachedInput
  throw invalid(
    'usdPerMillionCachedInput',
    `usdPerMillionCachedInput is missing: ${path}cachedRatio reads from a cache.`,
  )
}

function termsOf({ lines, task, p }: Costed, { requestsPerMonth }: AdaptationInput): Term[] {
  const { attempts, escalatedRatio, successRatio } = outcomeOf(p, task)
  const attempt = [
    ...sum(...lines),
    divideBy({ name: 'requests', value: requestsPerMonth, unit: 'request/month' }),
  ]
  return [
    ...sum(
      group(
        'attempts',
        'USD',
        product(
          { name: 'attempts of a task', value: attempts, unit: 'count' },
          group('cost of one', 'USD', attempt),
        ),
      ),
      group(
        'escalation',
        'USD',
        product(
          { name: 'tasks escalated', value: escalatedRatio, unit: 'ratio' },
          { name: 'cost of one', value: task.escalationUsd, unit: 'USD' },
        ),
      ),
    ),
    divideBy({ name: 'tasks that succeed', value: successRatio, unit: 'ratio' }),
  ]
}

const noticed: Assumption = {
  field: 'ways',
  value: null,
  unit: null,
  because:
    'Every way answers as long as the base does, attempts are independent, and every failure is noticed.',
}
const neverSucceeds: Assumption = {
  field: 'ways',
  value: null,
  unit: 'USD',
  because: 'No task ever succeeds in any way, so none has a cost.',
}
const tooFew = (
  { name, cases }: Way,
  at: number,
  { low, high }: { readonly low: number; readonly high: number },
): Assumption => ({
  field: `ways.${at}.cases`,
  value: cases,
  unit: 'count',
  because: `Too few cases of "${name}" to settle it: the success rate may be ${low.toFixed(2)} or ${high.toFixed(2)}; the interval halves with four times as many.`,
})
