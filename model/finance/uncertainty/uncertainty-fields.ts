import { z } from 'zod'
import { Uncertain } from './distribution.ts'

const name = z.string().min(1).max(60).meta({ title: 'Name', description: 'A name of your own' })
const factors = (title: string, description: string) =>
  z
    .array(z.union([z.number().min(-1e15).max(1e15), z.string().min(1).max(60)]))
    .max(12)
    .meta({ title, description })

/** How values are drawn, and which of them move together. */
export const drawing = {
  draws: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .default(10_000)
    .meta({ title: 'Draws', description: 'How many times the inputs are drawn', 'x-unit': 'count' }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1)
    .meta({ title: 'Seed', description: 'The same seed gives the same draws', 'x-unit': 'count' }),
  correlations: z
    .array(
      z.strictObject({
        between: z.tuple([name, name]).meta({ title: 'Between', description: 'Names of two inputs' }),
        coefficient: z.number().min(-1).max(1).meta({
          title: 'Coefficient',
          description: 'Of the normals behind the two',
          'x-unit': 'ratio',
        }),
      }),
    )
    .max(200)
    .default([])
    .meta({ title: 'Correlations', description: 'Pairs of inputs that move together' }),
  samples: z
    .boolean()
    .default(false)
    .meta({ title: 'Samples', description: 'Also give every draw of every input and option' }),
}

export const UncertaintyInput = z.strictObject({
  inputs: z
    .record(z.string().min(1).max(60), Uncertain)
    .refine((all) => Object.keys(all).length <= 50, { message: 'at most 50 inputs are accepted.' })
    .meta({ title: 'Inputs', description: 'By name: a number, or a distribution' }),
  options: z
    .array(
      z.strictObject({
        name,
        lines: z
          .array(
            z.strictObject({
              name,
              factors: factors(
                'Factors',
                'Numbers and names of inputs whose product is the amount in USD',
              ).min(1),
              divisors: factors('Divisors', 'Numbers and names of inputs that divide it').default([]),
              changesPerYear: factors('Changes a year', 'Growth or decline of a monthly amount').default([]),
              paid: z
                .enum(['monthly', 'once'])
                .default('monthly')
                .meta({ title: 'Paid', description: 'At the end of each month, or once at the opening' }),
            }),
          )
          .min(1)
          .max(30)
          .meta({ title: 'Lines', description: 'What is paid; their sum is the cost' }),
      }),
    )
    .min(1)
    .max(6)
    .meta({ title: 'Options', description: 'One to six, each a list of lines over the same inputs' }),
  months: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(1)
    .meta({ title: 'Horizon', description: 'Months that are paid', 'x-unit': 'month' }),
  discountRatePerYear: z
    .number()
    .min(-0.99)
    .max(10)
    .default(0)
    .meta({ title: 'Discount rate', description: 'Effective a year, as a decimal', 'x-unit': 'ratio' }),
  ...drawing,
})
export type UncertaintyInput = z.output<typeof UncertaintyInput>

const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })
const ratio = (title: string) => z.number().meta({ title, 'x-unit': 'ratio' })
const ofInput = (title: string) => z.number().meta({ title, 'x-unit': 'unit of the input' })

/** What the draws of one option say. */
export const drawnCost = {
  name: z.string().meta({ title: 'Name' }),
  meanUsd: usd('Mean cost'),
  standardDeviationUsd: usd('Standard deviation'),
  standardErrorUsd: usd('Standard error of the mean'),
  p5Usd: usd('P5'),
  p10Usd: usd('P10'),
  p50Usd: usd('Median'),
  p90Usd: usd('P90'),
  p95Usd: usd('P95'),
  probabilityCheapest: ratio('Probability that it is the cheapest'),
  expectedRegretUsd: usd('Expected cost over the cheapest'),
}

/** How the lead of the cheapest option hangs on one input. */
export const leadOfInput = {
  input: z.string().meta({ title: 'Input' }),
  median: ofInput('Median'),
  p5: ofInput('P5'),
  p95: ofInput('P95'),
  leadAtP5Usd: usd('Lead of the cheapest at P5, others at their medians'),
  leadAtP95Usd: usd('Lead of the cheapest at P95'),
  shareOfVariance: ratio('Share of the variance of the lead'),
  searchedLow: ofInput('Least value searched'),
  searchedHigh: ofInput('Greatest value searched'),
}

/** Every draw, by input and by option. */
export const drawnSamples = z
  .record(z.string(), z.array(z.number().meta({ 'x-unit': 'unit of the input' })))
  .nullable()
  .meta({ title: 'Every draw, by input and by option' })

export const UncertaintyOutput = z.strictObject({
  cheapestOnAverage: z.string().meta({ title: 'Option with the lowest mean cost' }),
  options: z.array(
    z.strictObject({
      ...drawnCost,
    }),
  ),
  sensitivities: z.array(
    z.strictObject({
      ...leadOfInput,
      flip: z
        .strictObject({
          value: ofInput('Value at which the verdict changes'),
          costUsd: usd('Cost of both there'),
          cheapestBelow: z.string().meta({ title: 'Cheapest below it' }),
          cheapestAbove: z.string().meta({ title: 'Cheapest above it' }),
        })
        .nullable()
        .meta({ title: 'Flip; null where none lies in the searched range' }),
    }),
  ),
  samples: drawnSamples,
})
