import { z } from 'zod'
import { Distribution } from './distribution.ts'
import { drawing, drawnCost, drawnSamples, leadOfInput } from './uncertainty-fields.ts'

const path = z.string().min(1).max(120).meta({
  title: 'Field',
  description: 'Where the number stands, such as options.0.lines.1.usdPerGpuHour or volume.growthPerYear',
})

export const Uncertainty = z
  .strictObject({
    inputs: z
      .record(
        z.string().min(1).max(60),
        z.strictObject({
          fields: z.array(path).min(1).max(50).optional().meta({
            title: 'Fields',
            description:
              'Numbers of the case that take each value drawn; without it, the one of the input’s name',
          }),
          value: Distribution,
        }),
      )
      .default({})
      .refine((all) => Object.keys(all).length <= 50, { message: 'at most 50 inputs are accepted.' })
      .meta({ title: 'Inputs', description: 'By a name of your own, or by the field itself' }),
    citedRanges: z.boolean().default(true).meta({
      title: 'Cited ranges',
      description: 'Defaults vary between the ends of their cited ranges, and rents within their band',
    }),
    ...drawing,
  })
  .meta({ title: 'Uncertainty', description: 'Numbers of the case that are ranges; without it, one path' })
export type Uncertainty = z.output<typeof Uncertainty>

const ofInput = (title: string) => z.number().meta({ title, 'x-unit': 'unit of the input' })
const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })

const Side = z.strictObject({
  cheapest: z.string().meta({ title: 'Cheapest' }),
  costsUsd: z
    .array(usd('Net present cost'))
    .meta({ title: 'Net present cost of each option, in their order' }),
})
export const FlipValue = z.strictObject({
  value: ofInput('Value at which the verdict changes'),
  isStep: z.boolean().meta({
    title: 'Step',
    description: 'True where the costs jump: no value makes both the same, and the sides say what each costs',
  }),
  below: Side.meta({ title: 'Just below it' }),
  above: Side.meta({ title: 'Just above it; at it, where the number is whole' }),
})
export type FlipValue = z.output<typeof FlipValue>

export const UncertainResult = z.strictObject({
  draws: z.number().meta({ title: 'Draws', 'x-unit': 'count' }),
  cheapestOnAverage: z.string().meta({ title: 'Option with the lowest mean cost' }),
  options: z.array(z.strictObject(drawnCost)),
  inputs: z.array(
    z.strictObject({
      ...leadOfInput,
      fields: z.array(z.string()).meta({ title: 'Fields' }),
      cutRatio: z.number().meta({
        title: 'Share of the draws that were moved to the nearest value that the field accepts',
        'x-unit': 'ratio',
      }),
      flip: FlipValue.nullable().meta({ title: 'Flip; null where none lies in the searched range' }),
    }),
  ),
  samples: drawnSamples,
})
