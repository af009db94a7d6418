import { z } from 'zod'
import { HOURS_PER_MONTH } from '../../units.ts'
import type { CaseLine } from '../case-lines.ts'
import { PriceScenario } from '../trends.ts'
import { figureFields } from './figure.ts'
import { replaced, wholeMonths } from './owning.ts'
import { contracts } from './renting-contracts.ts'
import { type RentingFigure, type RentingLine, rentingFigures, rentingLines } from './renting-figures.ts'

const ratio = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })

export const Renting = z
  .strictObject({
    outputRatio: ratio('Output share', 'Output tokens over all tokens of the volume'),
    cachedInputRatio: ratio('Cached share', 'Input tokens read from a cache over all input').default(0),
    usdPerMillionCachedInput: z.number().min(0).max(1e6).optional().meta({
      title: 'Cached input price',
      description: 'Needed where a share is cached',
      'x-unit': 'USD/million tokens',
    }),
    batchRatio: ratio('Batch share', 'What of the volume can wait for the batch price').default(0),
    batchPriceRatio: ratio('Batch price', 'Over the list price; without it, from cited offers').optional(),
    price: PriceScenario.default({ scenario: 'hold' }),
    ...contracts,
    switchedOff: z
      .array(z.enum(rentingLines))
      .default([])
      .meta({ title: 'Switched off', description: 'Lines that this option does not have' }),
    ...figureFields(rentingFigures),
    model: z.string().min(1).max(200).optional().meta({
      title: 'Model',
      description: 'Prices that are left out come from the price book for it',
    }),
    seller: z.string().min(1).max(100).optional().meta({
      title: 'Seller',
      description:
        'Whose price to take; without it, the one that stands for the model, and the others are its range',
    }),
  })
  .meta({ title: 'Renting', description: 'All lines of a model behind an API; defaults are cited' })
export type Renting = z.output<typeof Renting>

/** A renting option in which every figure that a line needs is known. */
export interface RentingPlan extends Readonly<Record<RentingFigure, number>> {
  readonly outputRatio: number
  /** All prices of tokens over those of the plan: 1, unless other sellers are its range. */
  readonly priceRatio: number
  readonly cachedInputRatio: number
  readonly usdPerMillionCachedInput: number
  readonly batchRatio: number
  readonly batchPriceRatio: number
  readonly price: PriceScenario
  readonly provisioned:
    | (NonNullable<Renting['provisioned']> & { readonly usdPerUnitMonth: number })
    | undefined
  readonly committedUsdPerMonth: number | undefined
  readonly tunedModel: Renting['tunedModel']
  readonly off: ReadonlySet<RentingLine>
}

/**
 * Price of a million tokens of the volume's mix.
 *
 *   blended = ((1 − outputRatio) × ((1 − cachedInputRatio) × input + cachedInputRatio × cached) + outputRatio × output)
 *             × (1 − batchRatio × (1 − batchPriceRatio)) × priceRatio
 */
const blendedUsdPerMillion = (plan: RentingPlan): number =>
  ((1 - plan.outputRatio) *
    ((1 - plan.cachedInputRatio) * plan.usdPerMillionInput +
      plan.cachedInputRatio * plan.usdPerMillionCachedInput) +
    plan.outputRatio * plan.usdPerMillionOutput) *
  (1 - plan.batchRatio * (1 - plan.batchPriceRatio)) *
  plan.priceRatio

/** The lines of a renting option over a horizon. */
export function rentingCaseLines(plan: RentingPlan, months: number): CaseLine[] {
  const usdPerMillionTokens = blendedUsdPerMillion(plan)
  const { price, provisioned, off, tunedModel, committedUsdPerMonth } = plan
  const shareOfVolume = 1 - (provisioned?.shareOfVolume ?? 0)
  const tokens = (name: string, ratio: number): CaseLine => ({
    kind: 'tokens',
    name,
    usdPerMillionTokens: usdPerMillionTokens * ratio,
    shareOfVolume,
    price: scaled(price, ratio),
  })
  const once = (name: string, usd: number, month: number): CaseLine => ({ kind: 'once', name, usd, month })
  const failed = off.has('failed-calls') ? 0 : plan.failedCallRatio
  const everyMonths = wholeMonths(plan.modelLifeMonths)
  const eachModel = (name: string, usd: number): CaseLine =>
    off.has('deprecations') ? once(name, usd, 1) : { kind: 'periodic', name, usd, everyMonths, firstMonth: 1 }
  const lines: Readonly<Record<RentingLine, CaseLine | null>> = {
    tokens: tokens('tokens', 1),
    'failed-calls': tokens('failed calls', plan.failedCallRatio),
    gateway: tokens('gateway', plan.gatewayRatio * (1 + failed)),
    'price-rises': {
      kind: 'tokens',
      name: 'expected price rises',
      usdPerMillionTokens: usdPerMillionTokens * (1 + failed),
      shareOfVolume,
      price: {
        scenario: 'expected-rise',
        probabilityPerYear: plan.riseProbabilityPerYear,
        riseRatio: plan.riseRatio,
      },
    },
    'data-terms-review': once('review of data terms', plan.dataTermsReviewUsd, 0),
    evaluation: eachModel('evaluation', plan.evaluationUsd),
    deprecations: replaced('forced migrations', plan.deprecationUsd, plan.modelLifeMonths, months),
    migration: once('migration', plan.migrationUsd, 0),
    exit: once('exit', plan.exitUsd, months),
  }
  return [
    ...rentingLines.filter((line) => !off.has(line)).flatMap((line) => lines[line] ?? []),
    ...(provisioned ? [unitsOf(provisioned)] : []),
    ...(committedUsdPerMonth === undefined
      ? []
      : [shortfallOf(committedUsdPerMonth, tokens('tokens', 1 + failed))]),
    ...(tunedModel
      ? [
          eachModel('fine-tuning', tunedModel.trainingUsd),
          {
            kind: 'recurring' as const,
            name: 'hosting of the tuned model',
            usdPerMonth: tunedModel.hostingUsdPerMonth,
            fromMonth: 1,
          },
        ]
      : []),
  ]
}

/** A scenario's own amounts in proportion to a share of the price; what is paid once is paid with the tokens alone. */
const scaled = (price: PriceScenario, ratio: number): PriceScenario =>
  price.scenario === 'switch-model'
    ? {
        ...price,
        usdPerMillionTokens: price.usdPerMillionTokens * ratio,
        migrationUsd: ratio === 1 ? price.migrationUsd : 0,
      }
    : price

const unitsOf = ({
  millionTokensPerUnitHour,
  peakToMean,
  ...contract
}: NonNullable<RentingPlan['provisioned']>): CaseLine => ({
  kind: 'provisioned',
  name: 'provisioned units',
  millionTokensPerUnitMonth: (millionTokensPerUnitHour * HOURS_PER_MONTH) / peakToMean,
  ...contract,
})

function shortfallOf(usdPerMonth: number, tokens: CaseLine): CaseLine {
  if (tokens.kind !== 'tokens') throw new Error('Only tokens are spent against a commitment.')
  return { ...tokens, kind: 'committed-spend', name: 'commitment not used', usdPerMonth }
}
