import { z } from 'zod'
import { divideBy, product, times } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import { SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import { positiveRatio } from './money-fields.ts'

export const tokenCost = calculation({
  id: 'token-cost',
  title: 'Token cost',
  summary: 'What a million tokens cost on hardware that is paid by the hour',
  formula: 'usdPerMillionTokens = usdPerHour / (tokensPerSecond × 3600 × utilisation) × 1e6',
  input: z.strictObject({
    usdPerHour: z
      .number()
      .nonnegative()
      .max(1e9)
      .meta({ title: 'Hourly cost', description: 'Of everything that runs', 'x-unit': 'USD/hour' }),
    tokensPerSecond: z.number().positive().max(1e12).meta({
      title: 'Tokens a second',
      description: 'Of all of it together, when busy',
      'x-unit': 'token/second',
    }),
    utilisation: positiveRatio(
      'Utilisation',
      'Share of those tokens that is asked for, over the whole time',
    ).default(1),
  }),
  output: z.strictObject({
    usdPerMillionTokens: z.number().meta({ title: 'Cost of tokens', 'x-unit': 'USD/million tokens' }),
  }),
  sources: [],
  examples: [
    {
      title: 'pChitral/vllm-cost-meter @3f308c0: 6.98 USD an hour, 2,464.4 tokens a second',
      input: { usdPerHour: 6.98, tokensPerSecond: 2464.4 },
      value: 0.787,
      tolerance: 0.0005,
    },
    { input: { usdPerHour: 3.6, tokensPerSecond: 1000, utilisation: 0.5 }, value: 2 },
  ],
  compute({ usdPerHour, tokensPerSecond, utilisation }) {
    const value = ((usdPerHour / tokensPerSecond / SECONDS_PER_HOUR) * TOKENS_PER_MILLION) / utilisation
    return {
      result: { usdPerMillionTokens: value },
      value,
      unit: 'USD/million tokens',
      breakdown: [
        ...product({ name: 'hourly cost', value: usdPerHour, unit: 'USD/hour' }),
        divideBy({ name: 'tokens a second', value: tokensPerSecond, unit: 'token/second' }),
        divideBy({ name: 'seconds in an hour', value: SECONDS_PER_HOUR, unit: 'second' }),
        times({ name: 'tokens in a million', value: TOKENS_PER_MILLION, unit: 'token' }),
        divideBy({ name: 'utilisation', value: utilisation, unit: 'ratio' }),
      ],
    }
  },
})
