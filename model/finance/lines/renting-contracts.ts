import { z } from 'zod'
import { HOURS_PER_MONTH } from '../../units.ts'

const usd = (title: string, description: string) =>
  z.number().min(0).max(1e12).meta({ title, description, 'x-unit': 'USD' })
const usdPerMonth = (title: string, description: string) =>
  z.number().min(0).max(1e12).meta({ title, description, 'x-unit': 'USD/month' })
const units = (title: string, description: string) =>
  z.number().int().min(1).max(1e6).default(1).meta({ title, description, 'x-unit': 'count' })

/** What may be agreed with a seller; each is left out where it is not. */
export const contracts = {
  provisioned: z
    .strictObject({
      millionTokensPerUnitHour: z
        .number()
        .positive()
        .max(1e9)
        .meta({
          title: 'Capacity of a unit',
          description: `Million tokens that one unit serves in an hour; a month has ${HOURS_PER_MONTH}`,
          'x-unit': 'million tokens',
        }),
      usdPerUnitMonth: usdPerMonth(
        'Price of a unit',
        'For a month; without it, from cited figures of one seller',
      ).optional(),
      shareOfVolume: z.number().min(0).max(1).default(1).meta({
        title: 'Share of the volume',
        description: 'What of the volume the units serve; the rest is paid by the token',
        'x-unit': 'ratio',
      }),
      peakToMean: z.number().min(1).max(1e6).meta({
        title: 'Peak over mean',
        description: 'Tokens of the busiest hour over those of a mean one: units must carry the peak',
        'x-unit': 'ratio',
      }),
      minimumUnits: units('Minimum', 'Fewest units that are sold, such as 15 (Azure, global)'),
      unitStep: units('Step', 'Units that are only sold together, such as 5 (Azure, global)'),
      termMonths: z
        .number()
        .int()
        .min(1)
        .max(60)
        .default(1)
        .meta({ title: 'Term', description: 'Months that units are bought for', 'x-unit': 'month' }),
    })
    .optional()
    .meta({ title: 'Provisioned units', description: 'Reserved throughput in whole units' }),
  committedUsdPerMonth: usdPerMonth(
    'Committed spend',
    'Paid each month even where the tokens take less',
  ).optional(),
  tunedModel: z
    .strictObject({
      trainingUsd: usd('Training', 'Of each model, with its data'),
      hostingUsdPerMonth: usdPerMonth('Hosting', 'What the seller takes for keeping it deployed'),
    })
    .optional()
    .meta({ title: 'Tuned model', description: 'Fine-tuned and hosted at the seller' }),
}
