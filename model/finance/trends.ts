import { z } from 'zod'
import { MONTHS_PER_YEAR } from '../units.ts'
import { emptySlots, type Horizon } from './horizon.ts'

/** A yearly change that comes in one step at each anniversary: the first year stands as it was agreed. */
const yearlySteps = (changePerYear: number, month: number): number =>
  (1 + changePerYear) ** Math.floor((month - 1) / MONTHS_PER_YEAR)

/** Whether a yearly step falls on the first day of this month. */
export const isAnniversary = (month: number): boolean => month > 1 && (month - 1) % MONTHS_PER_YEAR === 0

/** A yearly change spread evenly over the months; the first month stands as it is. */
const smoothly = (changePerYear: number, month: number): number =>
  (1 + changePerYear) ** ((month - 1) / MONTHS_PER_YEAR)

/** A factor a year takes; -1 would be the end of the thing itself. */
export const changePerYear = (title: string, description: string) =>
  z.number().min(-0.9).max(10).meta({ title, description, 'x-unit': 'ratio' })

/**
 * The steepest lasting fall of one named model's price that is taken. Prices of one offer hardly move (120 matched offers
 * from 2025-10-01 to 2026-07-01: median change 0, mean -2.2%); the falls of 9 to 900 times a year that are quoted are those
 * of the cheapest model of a fixed capability, which is another model each time: `switch-model`.
 */
const steepestFallPerYear = -0.5

const month = z.number().int().min(1).max(600).meta({
  title: 'Month',
  description: 'The month in which it happens, counted from 1',
  'x-unit': 'month',
})

/** What an API's price does over the horizon. */
export const PriceScenario = z
  .discriminatedUnion('scenario', [
    z.strictObject({ scenario: z.literal('hold') }),
    z.strictObject({
      scenario: z.literal('step-cut'),
      month,
      remainingRatio: z.number().min(0).max(1).meta({
        title: 'Remaining ratio',
        description: 'Share of the price that remains after the cut',
        'x-unit': 'ratio',
      }),
    }),
    z.strictObject({
      scenario: z.literal('switch-model'),
      month,
      usdPerMillionTokens: z.number().min(0).max(1e6).meta({
        title: 'Price after the switch',
        description: 'Price of the model that takes over',
        'x-unit': 'USD/million tokens',
      }),
      migrationUsd: z.number().min(0).max(1e12).meta({
        title: 'Migration',
        description: 'Evaluation, prompts and integration, paid in the month of the switch',
        'x-unit': 'USD',
      }),
    }),
    z.strictObject({
      scenario: z.literal('expected-rise'),
      probabilityPerYear: z.number().min(0).max(1).meta({
        title: 'Probability a year',
        description: 'That the seller raises the price',
        'x-unit': 'ratio',
      }),
      riseRatio: z.number().min(0).max(10).meta({
        title: 'Rise',
        description: 'By what share of the price it then rises',
        'x-unit': 'ratio',
      }),
    }),
    z.strictObject({
      scenario: z.literal('trend'),
      changePerYear: z
        .number()
        .min(steepestFallPerYear)
        .max(10)
        .refine((change) => change >= steepestFallPerYear, {
          message: `one model's price does not fall so fast: at least ${steepestFallPerYear} a year is accepted; the falls of 10 times and more are those of a fixed capability, for which the scenario is switch-model.`,
        })
        .meta({
          title: 'Change a year',
          description: 'As a decimal, -0.5 to 10: -0.3 is 30% less each year',
          'x-unit': 'ratio',
        }),
      steps: z.enum(['yearly', 'monthly']).default('yearly').meta({
        title: 'Steps',
        description:
          'yearly: one step at each anniversary, the first year uncut; monthly: a little each month',
      }),
    }),
  ])
  .meta({
    title: 'Price scenario',
    description:
      'hold, step-cut, switch-model, trend, or expected-rise: what rises are expected to add to a price',
  })
export type PriceScenario = z.output<typeof PriceScenario>

/** Price of a month under a scenario. */
export function priceIn(month: number, listPrice: number, scenario: PriceScenario): number {
  switch (scenario.scenario) {
    case 'hold':
      return listPrice
    case 'step-cut':
      return month >= scenario.month ? listPrice * scenario.remainingRatio : listPrice
    case 'switch-model':
      return month >= scenario.month ? scenario.usdPerMillionTokens : listPrice
    case 'expected-rise':
      return listPrice * (yearlySteps(scenario.probabilityPerYear * scenario.riseRatio, month) - 1)
    case 'trend': {
      const path = scenario.steps === 'yearly' ? yearlySteps : smoothly
      return listPrice * path(scenario.changePerYear, month)
    }
  }
}

/** The volume of a month. */
export const Volume = z
  .strictObject({
    millionTokensPerMonth: z.number().min(0).max(1e12).meta({
      title: 'Volume',
      description: 'Tokens of the first month, before seasons',
      'x-unit': 'million tokens/month',
    }),
    growthPerYear: changePerYear('Growth a year', 'Growth of the volume, spread over the months').default(0),
    seasonality: z
      .array(z.number().min(0).max(12).meta({ 'x-unit': 'ratio' }))
      .length(MONTHS_PER_YEAR)
      .refine((factors) => Math.abs(factors.reduce((a, b) => a + b, 0) / MONTHS_PER_YEAR - 1) < 1e-6, {
        message: 'the twelve factors must average 1, or they would change the volume itself.',
      })
      .optional()
      .meta({ title: 'Seasons', description: 'Twelve factors that average 1, the first for month 1' }),
    launchMonth: month.default(1).meta({
      title: 'Launch',
      description: 'First month with any traffic',
      'x-unit': 'month',
    }),
  })
  .meta({ title: 'Volume', description: 'Tokens to serve, over the horizon' })
export type Volume = z.output<typeof Volume>

/**
 * Tokens of each slot of a horizon, in millions; none at its opening and closing, nor where there is no volume.
 *
 *   volume = millionTokensPerMonth × (1 + growthPerYear)^((month - 1) / 12) × seasonality, 0 before the launch
 */
export function volumesOver(
  horizon: Horizon,
  volume: Volume | undefined,
  into: Float64Array = emptySlots(horizon),
): Float64Array {
  if (!volume) return into
  const { millionTokensPerMonth, growthPerYear, seasonality, launchMonth } = volume
  const growth = (1 + growthPerYear) ** (1 / MONTHS_PER_YEAR)
  let grown = millionTokensPerMonth
  for (let month = 1; month <= horizon.months; month++) {
    into[month] = month < launchMonth ? 0 : grown * (seasonality?.[(month - 1) % MONTHS_PER_YEAR] ?? 1)
    grown *= growth
  }
  return into
}
