import type { Figure } from './figure.ts'

/** The lines of renting: a model behind somebody else's API. */
export const rentingLines = [
  'tokens',
  'failed-calls',
  'gateway',
  'price-rises',
  'data-terms-review',
  'evaluation',
  'deprecations',
  'migration',
  'exit',
] as const
export type RentingLine = (typeof rentingLines)[number]

const largestUsd = 1e12

export const rentingFigures = {
  usdPerMillionInput: {
    lines: ['tokens', 'failed-calls', 'gateway', 'price-rises'],
    title: 'Input price',
    description: 'Of input that no cache holds',
    unit: 'USD/million tokens',
    most: 1e6,
    from: { asked: 'name a model of the price book, or give it' },
  },
  usdPerMillionOutput: {
    lines: ['tokens', 'failed-calls', 'gateway', 'price-rises'],
    title: 'Output price',
    description: 'Of generated tokens',
    unit: 'USD/million tokens',
    most: 1e6,
    from: { asked: 'name a model of the price book, or give it' },
  },
  failedCallRatio: {
    lines: ['failed-calls'],
    title: 'Failed calls',
    description:
      'Tokens of calls that time out or answer in the wrong form, billed and tried again, over those of use',
    unit: 'ratio',
    most: 100,
    from: { cited: 'failed_call_ratio' },
  },
  gatewayRatio: {
    lines: ['gateway'],
    title: 'Gateway',
    description: 'What a router or gateway takes over the price of the tokens',
    unit: 'ratio',
    most: 10,
    from: { cited: 'gateway_ratio' },
  },
  riseProbabilityPerYear: {
    lines: ['price-rises'],
    title: 'Probability of a rise',
    description: 'That the seller raises the price in a year',
    unit: 'ratio',
    most: 1,
    from: { cited: 'api_price_rises_per_year' },
  },
  riseRatio: {
    lines: ['price-rises'],
    title: 'Rise',
    description: 'By what share of the price it then rises',
    unit: 'ratio',
    most: 10,
    from: { asked: 'nobody publishes by how much; 0.2 is a fifth' },
  },
  dataTermsReviewUsd: {
    lines: ['data-terms-review'],
    title: 'Review of data terms',
    description: 'Contract, residency and retention, once',
    unit: 'USD',
    most: largestUsd,
    from: { asked: 'hours of counsel and of data protection' },
  },
  evaluationUsd: {
    lines: ['evaluation'],
    title: 'Evaluation',
    description: 'Before the first use and before each forced change of model',
    unit: 'USD',
    most: largestUsd,
    from: { asked: 'hours of people, judge tokens and red-teaming for one model' },
  },
  modelLifeMonths: {
    lines: ['deprecations'],
    title: 'Life of a model',
    description: 'Months until the vendor retires it',
    unit: 'month',
    least: 1,
    most: 600,
    from: { cited: 'model_life_months' },
  },
  deprecationUsd: {
    lines: ['deprecations'],
    title: 'Forced migration',
    description: 'Prompts, parsers and roll-out each time the vendor retires a model',
    unit: 'USD',
    most: largestUsd,
    from: { cited: 'model_migration' },
  },
  migrationUsd: {
    lines: ['migration'],
    title: 'Migration',
    description: 'From what is used today, once',
    unit: 'USD',
    most: largestUsd,
    from: { cited: 'model_migration' },
  },
  exitUsd: {
    lines: ['exit'],
    title: 'Exit',
    description: 'Getting away from the vendor at the end: what lock-in costs',
    unit: 'USD',
    most: largestUsd,
    from: { cited: 'model_migration' },
  },
} as const satisfies Readonly<Record<string, Figure & { lines: readonly RentingLine[] }>>

export type RentingFigure = keyof typeof rentingFigures
