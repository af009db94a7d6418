import { z } from 'zod'
import { divideBy, product, times } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import { HOURS_PER_MONTH, WATTS_PER_KILOWATT } from '../units.ts'

export const powerCost = calculation({
  id: 'power-cost',
  title: 'Power cost',
  summary: 'What electricity costs for a steady draw, cooling and losses of the building included',
  formula: 'usd = watts / 1000 × powerUsageEffectiveness × hours × usdPerKwh',
  input: z.strictObject({
    watts: z
      .number()
      .nonnegative()
      .max(1e12)
      .meta({ title: 'Draw', description: 'Mean draw of the machines', 'x-unit': 'watt' }),
    usdPerKwh: z.number().nonnegative().max(1e3).meta({
      title: 'Electricity price',
      description: 'Delivered, with taxes and fees',
      'x-unit': 'USD/kilowatt hour',
    }),
    powerUsageEffectiveness: z.number().min(1).max(10).default(1).meta({
      title: 'Power usage effectiveness',
      description: 'Power of the building over power of its machines (ISO/IEC 30134-2)',
      'x-unit': 'ratio',
    }),
    hours: z
      .number()
      .nonnegative()
      .max(1e7)
      .default(HOURS_PER_MONTH)
      .meta({ title: 'Hours', description: 'How long it runs', 'x-unit': 'hour' }),
  }),
  output: z.strictObject({
    usd: z.number().meta({ title: 'Cost', 'x-unit': 'USD' }),
    kilowattHours: z.number().meta({ title: 'Energy', 'x-unit': 'kilowatt hour' }),
  }),
  sources: [],
  examples: [{ input: { watts: 1000, usdPerKwh: 0.1, powerUsageEffectiveness: 1.5, hours: 100 }, value: 15 }],
  compute({ watts, usdPerKwh, powerUsageEffectiveness, hours }) {
    const kilowattHours = (watts / WATTS_PER_KILOWATT) * powerUsageEffectiveness * hours
    const usd = kilowattHours * usdPerKwh
    return {
      result: { usd, kilowattHours },
      value: usd,
      unit: 'USD',
      breakdown: [
        ...product({ name: 'draw', value: watts, unit: 'watt' }),
        divideBy({ name: 'watts in a kilowatt', value: WATTS_PER_KILOWATT, unit: 'watt' }),
        times({ name: 'power usage effectiveness', value: powerUsageEffectiveness, unit: 'ratio' }),
        times({ name: 'hours', value: hours, unit: 'hour' }),
        times({ name: 'electricity price', value: usdPerKwh, unit: 'USD/kilowatt hour' }),
      ],
    }
  },
})
