import { z } from 'zod'
import { exp, log } from '../../elementary.ts'
import { invalid } from '../../problem.ts'
import { normalQuantile } from './normal.ts'

const number = (title: string, description: string) =>
  z.number().min(-1e15).max(1e15).meta({ title, description, 'x-unit': 'unit of the input' })
const positive = (title: string, description: string) =>
  z.number().positive().max(1e15).meta({ title, description, 'x-unit': 'unit of the input' })

/** What is known about a number that is not known. */
export const Distribution = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('normal'),
      mean: number('Mean', 'The middle'),
      standardDeviation: z.number().min(0).max(1e15).meta({
        title: 'Standard deviation',
        description: 'Two values in three lie within it',
        'x-unit': 'unit of the input',
      }),
    }),
    z.strictObject({
      kind: z.literal('lognormal'),
      p5: positive('P5', 'One value in twenty lies below').optional(),
      p95: positive('P95', 'One value in twenty lies above').optional(),
      p10: positive('P10', 'In place of p5: one value in ten lies below').optional(),
      p90: positive('P90', 'In place of p95: one value in ten lies above').optional(),
    }),
    z.strictObject({
      kind: z.literal('triangular'),
      low: number('Low', 'Least value'),
      mode: number('Mode', 'Likeliest value'),
      high: number('High', 'Greatest value'),
    }),
    z.strictObject({
      kind: z.literal('uniform'),
      low: number('Low', 'Least value'),
      high: number('High', 'Greatest value'),
    }),
    z.strictObject({
      kind: z.literal('discrete'),
      values: z
        .array(
          z.strictObject({
            value: number('Value', 'One possible value'),
            probability: z.number().min(0).max(1).meta({
              title: 'Probability',
              description: 'How likely it is',
              'x-unit': 'ratio',
            }),
          }),
        )
        .min(1)
        .max(100)
        .meta({ title: 'Values', description: 'All possible values; their probabilities add up to 1' }),
    }),
  ])
  .meta({
    title: 'Distribution',
    description: 'normal, lognormal, triangular, uniform or discrete',
  })
type Distribution = z.output<typeof Distribution>

/** A number that is known, or what is known about one that is not. */
export const Uncertain = z.union([number('Value', 'A number that is known'), Distribution]).meta({
  title: 'Value',
  description: 'A number, or a normal, lognormal, triangular, uniform or discrete distribution',
})
export type Uncertain = z.output<typeof Uncertain>
type Of<Kind extends string> = Extract<Distribution, { kind: Kind }>

/** The value below which a given share of an input lies. */
export type Quantile = (probability: number) => number

/**
 * The quantile function of an input. A draw is the quantile of a uniform number, so that one uniform makes one value, and
 * options that share an input share its luck.
 *
 * @throws InputProblem where the numbers make no distribution.
 */
export function quantileOf(input: Uncertain, path: string): Quantile {
  if (typeof input === 'number') return () => input
  switch (input.kind) {
    case 'normal':
      return (p) => input.mean + input.standardDeviation * normalQuantile(p)
    case 'lognormal':
      return lognormal(input, path)
    case 'uniform':
      inOrder([input.low, input.high], ['low', 'high'], path)
      return (p) => input.low + p * (input.high - input.low)
    case 'triangular':
      return triangular(input, path)
    case 'discrete':
      return discrete(input, path)
  }
}

function inOrder(values: readonly number[], names: readonly string[], path: string): void {
  values.forEach((value, index) => {
    const before = values[index - 1]
    if (before !== undefined && before > value) {
      throw invalid(
        path,
        `${path}: ${names[index - 1]} (${before}) is above ${names[index]} (${value}); accepted: ${names.join(' ≤ ')}.`,
      )
    }
  })
}

/** exp(μ + σ z), with μ and σ from two of its quantiles. */
function lognormal({ p5, p95, p10, p90 }: Of<'lognormal'>, path: string): Quantile {
  const byTwentieths = p5 !== undefined && p95 !== undefined && p10 === undefined && p90 === undefined
  const byTenths = p10 !== undefined && p90 !== undefined && p5 === undefined && p95 === undefined
  if (!byTwentieths && !byTenths) {
    throw invalid(
      path,
      `${path}: a lognormal is given by p5 and p95, or by p10 and p90, and by nothing else.`,
    )
  }
  const [low = 1, high = 1] = byTwentieths ? [p5, p95] : [p10, p90]
  inOrder([low, high], byTwentieths ? ['p5', 'p95'] : ['p10', 'p90'], path)
  const logMean = (log(low) + log(high)) / 2
  const logDeviation = (log(high) - logMean) / normalQuantile(byTwentieths ? 0.95 : 0.9)
  return (p) => exp(logMean + logDeviation * normalQuantile(p))
}

function triangular({ low, mode, high }: Of<'triangular'>, path: string): Quantile {
  inOrder([low, mode, high], ['low', 'mode', 'high'], path)
  if (low === high) return () => low
  const shareBelowMode = (mode - low) / (high - low)
  return (p) =>
    p < shareBelowMode
      ? low + Math.sqrt(p * (high - low) * (mode - low))
      : high - Math.sqrt((1 - p) * (high - low) * (high - mode))
}

const sumTolerance = 1e-9

function discrete({ values }: Of<'discrete'>, path: string): Quantile {
  const total = values.reduce((sum, { probability }) => sum + probability, 0)
  if (Math.abs(total - 1) > sumTolerance) {
    throw invalid(
      `${path}.values`,
      `${path}.values: the probabilities add up to ${total}; they must add up to 1.`,
    )
  }
  const ordered = values.filter(({ probability }) => probability > 0).toSorted((a, b) => a.value - b.value)
  const last = ordered.at(-1)?.value ?? 0
  return (p) => {
    let below = 0
    for (const { value, probability } of ordered) {
      below += probability
      if (p < below) return value
    }
    return last
  }
}
