import { z } from 'zod'
import { isoDate } from '../offers.ts'
import { PrecisionField } from '../precision.ts'
import { PriceListField } from '../prices/price-fields.ts'

const limit = (title: string, description: string) =>
  z.number().positive().max(1e7).optional().meta({ title, description, 'x-unit': 'millisecond' })

/** What a comparison of given options and one of options that we choose both ask. */
export const questionFields = {
  precision: PrecisionField.optional().meta({
    title: 'Precision',
    description: 'Of own copies of the weights; as they are published where left out',
  }),
  plannedUtilisation: z.number().positive().max(1).default(0.8).meta({
    title: 'Planned utilisation',
    description: 'Share of full speed that own hardware is counted on for in the busiest minutes',
    'x-unit': 'ratio',
  }),
  horizonMonths: z.number().positive().max(240).default(36).meta({
    title: 'Horizon',
    description: 'Months over which bought servers are looked at',
    'x-unit': 'month',
  }),
  asOf: isoDate.optional().meta({ title: 'As of', description: 'Day of the prices; today where left out' }),
  ttftMs: limit('Time to first token', 'Upper limit on its mean, for estimated speeds'),
  tpotMs: limit('Time per output token', 'Upper limit on its mean, for estimated speeds'),
  priceList: PriceListField.optional(),
}
