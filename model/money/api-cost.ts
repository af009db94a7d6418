import { z } from 'zod'
import { type Assumption, calculation } from '../calculation.ts'
import { invalid } from '../problem.ts'
import { TOKENS_PER_MILLION } from '../units.ts'
import { type Line, line, termsOf, totalUsd } from './line.ts'
import { tokenCount, usdPerMillionTokens } from './money-fields.ts'

interface TokenBill {
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
  readonly usdPerMillionInput: number
  readonly usdPerMillionCachedInput: number
  readonly usdPerMillionOutput: number
}

/**
 * What an API bills for tokens. Cached tokens are part of the input, and pay their own price.
 *
 *   usd = ((inputTokens − cachedInputTokens) × usdPerMillionInput
 *        + cachedInputTokens × usdPerMillionCachedInput + outputTokens × usdPerMillionOutput) / 1e6
 */
export function tokenLines(bill: TokenBill): Line[] {
  const meter = (name: string, tokens: number, usdPerUnit: number): Line =>
    line({
      name,
      quantity: tokens / TOKENS_PER_MILLION,
      unit: 'million tokens',
      usdPerUnit,
      source: null,
    })
  const cached = meter('cached input tokens', bill.cachedInputTokens, bill.usdPerMillionCachedInput)
  return [
    meter('input tokens', bill.inputTokens - bill.cachedInputTokens, bill.usdPerMillionInput),
    ...(bill.cachedInputTokens > 0 ? [cached] : []),
    meter('output tokens', bill.outputTokens, bill.usdPerMillionOutput),
  ]
}

export const apiCost = calculation({
  id: 'api-cost',
  title: 'API cost',
  summary: 'What an API bills for so many tokens; cached tokens are part of the input',
  formula:
    'usd = ((inputTokens − cachedInputTokens) × usdPerMillionInput + cachedInputTokens × usdPerMillionCachedInput + outputTokens × usdPerMillionOutput) / 1e6',
  input: z.strictObject({
    inputTokens: tokenCount('Input tokens', 'Tokens sent, cached ones included'),
    outputTokens: tokenCount('Output tokens', 'Tokens generated, reasoning included where it is billed'),
    usdPerMillionInput: usdPerMillionTokens('Input price', 'Price of input that no cache holds'),
    usdPerMillionOutput: usdPerMillionTokens('Output price', 'Price of generated tokens'),
    cachedInputTokens: tokenCount('Cached input tokens', 'Part of the input read from a cache').default(0),
    usdPerMillionCachedInput: usdPerMillionTokens(
      'Cached input price',
      'Price of input read from a cache; where it is not given, cached tokens pay the input price',
    ).optional(),
  }),
  output: z.strictObject({
    usd: z.number().meta({ title: 'Cost', 'x-unit': 'USD' }),
  }),
  sources: [],
  examples: [
    {
      title: 'gpt-4o, 1M in of which 60% cached, 0.2M out',
      input: {
        inputTokens: 1e6,
        outputTokens: 0.2e6,
        usdPerMillionInput: 2.5,
        usdPerMillionOutput: 10,
        cachedInputTokens: 0.6e6,
        usdPerMillionCachedInput: 1.25,
      },
      value: 3.75,
    },
    {
      input: { inputTokens: 1e6, outputTokens: 1e6, usdPerMillionInput: 2.5, usdPerMillionOutput: 10 },
      value: 12.5,
    },
  ],
  compute(input) {
    if (input.cachedInputTokens > input.inputTokens) {
      throw invalid(
        'cachedInputTokens',
        `cachedInputTokens: ${input.cachedInputTokens} cannot exceed inputTokens (${input.inputTokens}), of which they are a part.`,
      )
    }
    const { usdPerMillionCachedInput: cachedPrice = input.usdPerMillionInput } = input
    const lines = tokenLines({ ...input, usdPerMillionCachedInput: cachedPrice })
    const usd = totalUsd(lines)
    const assumptions: Assumption[] =
      input.usdPerMillionCachedInput === undefined && input.cachedInputTokens > 0
        ? [
            {
              field: 'usdPerMillionCachedInput',
              value: cachedPrice,
              unit: 'USD/million tokens',
              because: 'No cached price was given, so cached tokens pay the input price.',
            },
          ]
        : []
    return { result: { usd }, value: usd, unit: 'USD', breakdown: termsOf(lines), assumptions }
  },
})
