import { evaluate, sum } from '../../breakdown.ts'
import { calculation } from '../../calculation.ts'
import { invalid, unknown } from '../../problem.ts'
import { discountFactors, optionCosts } from './cost-model.ts'
import { type Quantile, quantileOf } from './distribution.ts'
import { type Column, drawsOf } from './draws.ts'
import { flipOf, lead } from './flip.ts'
import { costsAtMedians, searchedRange, shareOfVariance } from './sensitivity.ts'
import { regretsOf, summaryOf } from './summary.ts'
import { UncertaintyInput as Input, type UncertaintyInput, UncertaintyOutput } from './uncertainty-fields.ts'

export const uncertainty = calculation({
  id: 'uncertainty',
  title: 'Uncertainty',
  summary:
    'Options whose inputs are uncertain: how likely each is the cheapest, what choosing it risks, and what flips the verdict',
  formula:
    'cost = Σ over lines of Π factors / Π divisors × Σ over months of growth / (1 + discountRatePerYear)^(month / 12)',
  sheet: false,
  input: Input,
  output: UncertaintyOutput,
  sources: [
    { title: 'M. J. Wichura, Algorithm AS 241, Applied Statistics 37(3), 1988: normal quantiles' },
    {
      title:
        'E. Plischke, E. Borgonovo, C. L. Smith, European Journal of Operational Research 226(3), 2013, section 3: share of variance',
    },
  ],
  examples: [
    {
      title: 'Tokens of an API, or two rented GPUs with people to run them; ranges are P5 to P95',
      input: {
        inputs: {
          millionTokens: { kind: 'lognormal', p5: 2000, p95: 8000 },
          rent: { kind: 'lognormal', p5: 2, p95: 4 },
          operations: { kind: 'lognormal', p5: 3000, p95: 12_000 },
        },
        options: [
          { name: 'api', lines: [{ name: 'tokens', factors: ['millionTokens', 0.9] }] },
          {
            name: 'self-host',
            lines: [
              { name: 'GPUs', factors: [2, 730, 'rent'] },
              { name: 'operations', factors: ['operations'] },
            ],
          },
        ],
      },
      value: 3950,
      tolerance: 0.02,
    },
  ],
  compute(input) {
    checkNames(input)
    checkBudget(input)
    const quantiles = new Map(
      Object.entries(input.inputs).map(([name, value]) => [name, quantileOf(value, `inputs.${name}`)]),
    )
    const columns = drawsOf({ ...input, quantiles })
    const discounts = discountFactors(input)
    const costed = input.options.map((option) => optionCosts(option, columns, input.draws, discounts))
    const summaries = costed.map(({ costs }) => summaryOf(costs))
    const broken = summaries.findIndex(({ meanUsd }) => !Number.isFinite(meanUsd))
    if (broken >= 0) {
      throw invalid(
        `options.${broken}`,
        `options.${broken}: some draws of "${input.options[broken]?.name}" cost no finite number; no divisor may reach 0.`,
      )
    }
    const means = summaries.map(({ meanUsd }) => meanUsd)
    const best = means.indexOf(Math.min(...means))
    const regrets = regretsOf(costed.map(({ costs }) => costs))
    const names = input.options.map(({ name }) => name)
    const lines = input.options[best]?.lines ?? []
    const breakdown = sum(
      ...lines.map(({ name }, index) => ({
        name: `${name}, mean`,
        value: costed[best]?.lineMeans[index] ?? 0,
        unit: 'USD' as const,
      })),
    )
    const summary = summaries[best]
    return {
      result: {
        cheapestOnAverage: names[best] ?? '',
        options: input.options.map(({ name }, index) => ({
          name,
          ...(summaries[index] ?? summaryOf(new Float64Array())),
          ...(regrets[index] ?? { probabilityCheapest: 0, expectedRegretUsd: 0 }),
        })),
        sensitivities:
          input.options.length > 1 ? sensitivitiesOf(input, quantiles, columns, costed, best) : [],
        samples: input.samples
          ? Object.fromEntries([
              ...[...columns].map(([name, column]) => [`input ${name}`, Array.from(column)]),
              ...costed.map(({ costs }, index) => [`option ${names[index]}`, Array.from(costs)]),
            ])
          : null,
      },
      value: evaluate(breakdown),
      unit: 'USD',
      breakdown,
      interval: summary ? { p10: summary.p10Usd, p50: summary.p50Usd, p90: summary.p90Usd } : null,
    }
  },
})

function sensitivitiesOf(
  input: UncertaintyInput,
  quantiles: ReadonlyMap<string, Quantile>,
  columns: ReadonlyMap<string, Column>,
  costed: readonly { readonly costs: Column }[],
  best: number,
) {
  const costsAt = costsAtMedians(input.options, quantiles, discountFactors(input))
  const leadOf = (costs: readonly number[]): number => lead(costs, best)
  const leads = new Float64Array(input.draws).map((_, draw) =>
    leadOf(costed.map(({ costs }) => costs[draw] ?? 0)),
  )
  const nameOf = (index: number): string => input.options[index]?.name ?? ''
  return [...quantiles]
    .map(([name, quantile]) => {
      const { low, high } = searchedRange(quantile)
      const flip = flipOf({ from: quantile(0.5), low, high, whole: false }, (x) => costsAt(name, x))
      return {
        input: name,
        median: quantile(0.5),
        p5: quantile(0.05),
        p95: quantile(0.95),
        leadAtP5Usd: leadOf(costsAt(name, quantile(0.05))),
        leadAtP95Usd: leadOf(costsAt(name, quantile(0.95))),
        shareOfVariance: shareOfVariance(columns.get(name) ?? new Float64Array(), leads),
        flip: flip && {
          value: flip.value,
          costUsd: Math.min(...costsAt(name, flip.value)),
          cheapestBelow: nameOf(flip.below.cheapest),
          cheapestAbove: nameOf(flip.above.cheapest),
        },
        searchedLow: low,
        searchedHigh: high,
      }
    })
    .toSorted((a, b) => b.shareOfVariance - a.shareOfVariance || (a.input < b.input ? -1 : 1))
}

function checkNames({ inputs, options, correlations }: UncertaintyInput): void {
  const known = Object.keys(inputs)
  const check = (path: string, name: string | number): void => {
    if (typeof name === 'string' && !known.includes(name)) throw unknown(path, 'input', name, known)
  }
  options.forEach((option, at) => {
    option.lines.forEach((line, index) => {
      for (const field of ['factors', 'divisors', 'changesPerYear'] as const) {
        line[field].forEach((factor, place) => {
          check(`options.${at}.lines.${index}.${field}.${place}`, factor)
        })
      }
    })
  })
  correlations.forEach(({ between }, index) => {
    between.forEach((name, place) => {
      check(`correlations.${index}.between.${place}`, name)
    })
    if (between[0] === between[1]) {
      throw invalid(
        `correlations.${index}.between`,
        `correlations.${index}.between: "${between[0]}" cannot be correlated with itself; two names are needed.`,
      )
    }
  })
}

/** Multiplications that a simulation may take: about a quarter of a second. */
const mostSteps = 5e7
const mostSamples = 1e6

function checkBudget({ inputs, options, draws, months, samples }: UncertaintyInput): void {
  const perDraw = options
    .flatMap(({ lines }) => lines)
    .reduce((steps, line) => steps + line.factors.length + (line.changesPerYear.length > 0 ? months : 1), 0)
  const columns = Object.keys(inputs).length
  const steps = draws * (perDraw + columns)
  if (steps > mostSteps) {
    throw invalid(
      'draws',
      `draws: ${draws} draws of these lines over ${months} months take ${steps} steps; at most ${mostSteps} are accepted, so at most ${Math.floor(mostSteps / (perDraw + columns))} draws.`,
    )
  }
  const cells = draws * (columns + options.length)
  if (samples && cells > mostSamples) {
    throw invalid('samples', `samples: ${cells} numbers would be given; at most ${mostSamples} are accepted.`)
  }
}
