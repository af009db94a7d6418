import type { Example } from '../calculation.ts'

const buy = {
  name: 'buy',
  lines: [
    { kind: 'purchase', name: 'server', usd: 285_000, resaleUsd: 57_000, lifeYears: 4 },
    { kind: 'recurring', name: 'running it', usdPerMonth: 5_000 },
  ],
}
const api = (price: unknown) => ({
  name: 'api',
  lines: [{ kind: 'tokens', name: 'tokens', usdPerMillionTokens: 1.5, price }],
})
const terms = {
  months: 48,
  discountRatePerYear: 0.1,
  settlement: 'year-end',
  volume: { millionTokensPerMonth: 10_000 },
}

export const examples: readonly [Example, ...Example[]] = [
  {
    title: 'A server of 285,000 against an API of 180,000 a year that holds its price: buying wins',
    input: { ...terms, options: [api({ scenario: 'hold' }), buy] },
    value: 436_260,
    tolerance: 1e-6,
  },
  {
    title: 'The same API, 30% cheaper each year: buying loses',
    input: { ...terms, options: [api({ scenario: 'trend', changePerYear: -0.3 }), buy] },
    value: 376_204,
    tolerance: 1e-6,
  },
]
