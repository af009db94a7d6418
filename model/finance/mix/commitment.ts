import { z } from 'zod'
import { divideBy, evaluate, sum } from '../../breakdown.ts'
import { calculation } from '../../calculation.ts'
import { HOURS_PER_MONTH } from '../../units.ts'

const usdPerHour = (title: string, description: string) =>
  z.number().positive().max(1e6).meta({ title, description, 'x-unit': 'USD/hour' })

export const commitment = calculation({
  id: 'commitment',
  title: 'Commitment',
  summary:
    'The share of the hours from which paying for all of them, at a lower price, beats paying for those used',
  formula: 'breakEvenUseRatio = committedUsdPerHour / onDemandUsdPerHour',
  input: z.strictObject({
    onDemandUsdPerHour: usdPerHour('On demand', 'Price of an hour that is used'),
    committedUsdPerHour: usdPerHour(
      'Committed',
      'Price of every hour, used or not; upfront payments spread over the term',
    ),
    hoursPerMonth: z.number().positive().max(744).default(HOURS_PER_MONTH).meta({
      title: 'Hours a month',
      description: 'Hours that the commitment pays',
      'x-unit': 'hour/month',
    }),
  }),
  output: z.strictObject({
    breakEvenUseRatio: z.number().meta({ title: 'Break-even use; above 1 it never pays', 'x-unit': 'ratio' }),
    breakEvenHoursPerMonth: z.number().meta({ title: 'Hours used at break-even', 'x-unit': 'hour/month' }),
  }),
  sources: [],
  examples: [
    {
      title: '35% off breaks even at 65% use',
      input: { onDemandUsdPerHour: 1, committedUsdPerHour: 0.65 },
      value: 0.65,
    },
  ],
  compute({ onDemandUsdPerHour, committedUsdPerHour, hoursPerMonth }) {
    const breakdown = [
      ...sum({ name: 'committed', value: committedUsdPerHour, unit: 'USD/hour' as const }),
      divideBy({ name: 'on demand', value: onDemandUsdPerHour, unit: 'USD/hour' }),
    ]
    const breakEvenUseRatio = evaluate(breakdown)
    return {
      result: { breakEvenUseRatio, breakEvenHoursPerMonth: breakEvenUseRatio * hoursPerMonth },
      value: breakEvenUseRatio,
      unit: 'ratio',
      breakdown,
    }
  },
})
