import { z } from 'zod'
import { divideBy, group, sum } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import { usdPerMillionTokens, usdPerMonth } from './money-fields.ts'

export const breakEven = calculation({
  id: 'break-even',
  title: 'Break-even',
  summary:
    'The monthly volume from which owning costs no more than an API, where one fixed sum buys all the capacity; compare takes whole GPUs into account',
  formula: 'millionTokensPerMonth = ownUsdPerMonth / (apiUsdPerMillionTokens − ownUsdPerMillionTokens)',
  input: z.strictObject({
    ownUsdPerMonth: usdPerMonth('Own fixed cost', 'What owning costs a month whatever the volume'),
    apiUsdPerMillionTokens: usdPerMillionTokens('API price', 'Blended over the mix of input and output'),
    ownUsdPerMillionTokens: usdPerMillionTokens(
      'Own cost of tokens',
      'What owning costs for each further million tokens',
    ).default(0),
  }),
  output: z.strictObject({
    millionTokensPerMonth: z
      .number()
      .nullable()
      .meta({ title: 'Break-even volume', 'x-unit': 'million tokens/month' }),
  }),
  sources: [],
  examples: [
    { input: { ownUsdPerMonth: 330, apiUsdPerMillionTokens: 1.4 }, value: 235.714286, tolerance: 1e-8 },
    { input: { ownUsdPerMonth: 330, apiUsdPerMillionTokens: 1.4, ownUsdPerMillionTokens: 2 }, value: null },
  ],
  compute({ ownUsdPerMonth, apiUsdPerMillionTokens, ownUsdPerMillionTokens }) {
    const savedPerMillion = apiUsdPerMillionTokens - ownUsdPerMillionTokens
    if (savedPerMillion <= 0 && (ownUsdPerMonth > 0 || savedPerMillion < 0)) {
      const never: Assumption = {
        field: 'millionTokensPerMonth',
        value: null,
        unit: 'million tokens/month',
        because: `Owning never breaks even: a million tokens cost ${ownUsdPerMillionTokens} USD when owned and ${apiUsdPerMillionTokens} USD at the API, so volume saves nothing.`,
      }
      return {
        result: { millionTokensPerMonth: null },
        value: null,
        unit: 'million tokens/month',
        breakdown: [],
        assumptions: [never],
      }
    }
    if (savedPerMillion === 0) {
      const always: Assumption = {
        field: 'millionTokensPerMonth',
        value: 0,
        unit: 'million tokens/month',
        because:
          'Owning has no fixed cost and its tokens cost no more than at the API: it holds at every volume.',
      }
      return {
        result: { millionTokensPerMonth: 0 },
        value: 0,
        unit: 'million tokens/month',
        breakdown: sum({ name: 'break-even volume', value: 0, unit: 'million tokens/month' }),
        assumptions: [always],
      }
    }
    const value = ownUsdPerMonth / savedPerMillion
    return {
      result: { millionTokensPerMonth: value },
      value,
      unit: 'million tokens/month',
      breakdown: [
        ...sum({ name: 'own fixed cost', value: ownUsdPerMonth, unit: 'USD/month' }),
        divideBy(
          group('saved on a million tokens', 'USD/million tokens', [
            ...sum({ name: 'API price', value: apiUsdPerMillionTokens, unit: 'USD/million tokens' }),
            {
              name: 'own cost of tokens',
              operator: 'subtract',
              value: ownUsdPerMillionTokens,
              unit: 'USD/million tokens',
            },
          ]),
        ),
      ],
    }
  },
})
