import { z } from 'zod'
import { type Answer, answer, calculation, prepare } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { GpuField, gpuOf } from '../gpu-field.ts'
import { firstDay } from '../prices/day.ts'
import { priceListQuery, withOwnPrices } from '../prices/own/with-own-prices.ts'
import { noPriceOn } from '../prices/price-answer.ts'
import { invalid } from '../problem.ts'
import { HOURS_PER_MONTH } from '../units.ts'
import { trafficOf } from '../workload/traffic.ts'
import { Workload } from '../workload/workload.ts'
import { cheapestOf } from './cheapest.ts'
import { CompareInput } from './compare.ts'
import { comparisonOf } from './comparison.ts'
import { ComparisonResult } from './comparison-result.ts'
import { defaultOptionPrices, defaultOptions } from './default-options.ts'
import { knownModel } from './known-model.ts'
import { RentField, servedFields } from './option-fields.ts'
import { OwnReplay, ownReplay } from './own-replay.ts'
import { questionFields } from './question-fields.ts'

const { plannedUtilisation, horizonMonths } = questionFields

/** A question of somebody who knows a model and some traffic, and no more. */
const PlanInput = z.strictObject({
  model: z.string().min(1).max(200).meta({
    title: 'Model',
    description: 'An id such as meta-llama/Llama-3.3-70B-Instruct, or a name that sellers have for it',
  }),
  workload: Workload,
  seller: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ title: 'Seller', description: 'The only API to compare; else its cheapest, middle and maker' }),
  gpu: GpuField.optional().meta({
    title: 'GPU',
    description: 'The only GPU to compare, such as h100-sxm-80gb; else the cheapest of the common ones',
  }),
  usdPerGpuHour: RentField.optional(),
  outputTokensPerSecond: servedFields.outputTokensPerSecond,
  gpusPerReplica: servedFields.gpusPerReplica,
  precision: questionFields.precision,
  plannedUtilisation,
  horizonMonths,
  ttftMs: questionFields.ttftMs,
  tpotMs: questionFields.tpotMs,
  asOf: questionFields.asOf,
  priceList: questionFields.priceList,
})
export type PlanQuestion = z.input<typeof PlanInput>

const PlanResult = z.strictObject({
  model: z.string().meta({ title: 'Model', description: 'Its id, where it is known' }),
  /** Compared again as it stands, it gives the same answer. */
  asked: CompareInput.meta({ title: 'Compared', description: 'The input of `compare` that was chosen' }),
  comparison: ComparisonResult.meta({ title: 'Comparison' }),
  replay: OwnReplay.nullable().meta({
    title: 'Replay',
    description:
      'The busiest minutes on the cheapest hardware of one’s own; null where a speed was given, or no hardware takes part',
  }),
})

/** `compare` for somebody who has no options yet: what there is to choose from for a model and a workload. */
export const plan = calculation({
  id: 'plan',
  title: 'Plan',
  summary:
    'Rent the weights of one model or own a copy, for one workload: the options there are, chosen from the price book and compared',
  formula: 'usdPerMonth = the sum of the lines of the cheapest option',
  input: PlanInput,
  output: PlanResult,
  sheet: false,
  sources: [],
  examples: [
    {
      title: 'openai/gpt-4o, a million tokens each way: 2.50 and 10.00 USD per million (OpenAI, list price)',
      input: {
        model: 'openai/gpt-4o',
        seller: 'openai',
        workload: {
          from: 'tokens',
          tokensPerMonth: 2_000_000,
          inputTokensPerRequest: 1000,
          outputTokensPerRequest: 1000,
        },
      },
      value: 12.5,
      tolerance: 1e-12,
    },
  ],
  prices: (question) => [...defaultOptionPrices(question), ...priceListQuery(question.priceList)],
  compute(question, bundled) {
    const { workload, precision, ttftMs, tpotMs, plannedUtilisation, horizonMonths, priceList } = question
    const day = question.asOf ?? bundled.asOf
    const facts = withOwnPrices(bundled, { priceList, day })
    if (
      question.gpu === undefined &&
      (question.usdPerGpuHour ?? question.outputTokensPerSecond) !== undefined
    ) {
      throw invalid(
        'gpu',
        'gpu is missing: a rent or a measured speed holds for one GPU; say which, such as h100-sxm-80gb.',
      )
    }
    const model = knownModel('model', question.model, facts)
    if (question.gpu !== undefined) gpuOf(question.gpu, facts)
    const settings = { plannedUtilisation, hoursPerMonth: HOURS_PER_MONTH, horizonMonths }
    const { traffic } = trafficOf({
      workload,
      peakToMean: undefined,
      activeHoursPerMonth: undefined,
      hoursPerMonth: HOURS_PER_MONTH,
    })
    const offers = facts.tokenOffers({ kind: 'token', model })
    const first = firstDay(offers)
    if (first !== null && day < first) throw noPriceOn(day, model, offers)
    const limits = { ttftMs, tpotMs }
    const chosen = defaultOptions(question, { model, precision, limits, day, traffic, settings, facts })
    const common = { workload, options: [...chosen.options], model, precision, ttftMs, tpotMs, asOf: day }
    const comparison = comparisonOf({ ...common, settings }, facts)
    const { assumptions = [], ...cheapest } = cheapestOf(comparison)
    const { options } = comparison.result
    const replay =
      question.outputTokensPerSecond === undefined
        ? ownReplay({ options, model, precision, workload, traffic }, facts)
        : null
    return {
      ...cheapest,
      result: { model, asked: { ...common, ...settings, priceList }, comparison: comparison.result, replay },
      assumptions: [...assumptions, ...chosen.assumptions],
      sources: [...comparison.sources, ...chosen.assumptions.flatMap(({ source }) => source ?? [])],
    }
  },
})

/** The answer of `plan`, as pages and files show it. */
export type Plan = Answer<z.output<typeof PlanResult>>

export const planOf = (question: PlanQuestion, facts: Facts): Plan =>
  answer(plan, prepare(plan, question), facts)
