import { z } from 'zod'
import { calculation } from '../calculation.ts'
import { ConfigField, NamedModelField, weightsNamedBy } from '../model-field.ts'
import { lowerBounds, modelParts } from '../omissions.ts'
import { PrecisionField, type PrecisionId } from '../precision.ts'
import { priceSource } from '../prices/price-answer.ts'
import { arithmeticAssumptions } from '../throughput/arithmetic.ts'
import { modelFigures } from '../throughput/model-figures.ts'
import { publishedPrecision } from '../throughput/published-precision.ts'
import { speedSources } from '../throughput/speed-answer.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import { type Candidate, candidatesOf, type Excluded } from './candidate.ts'

/** GPUs that most sellers rent by the hour; others are asked for by name. */
const usualGpus = [
  'b200-sxm-180gb',
  'h200-sxm-141gb',
  'h100-sxm-80gb',
  'a100-sxm-80gb',
  'mi300x-192gb',
  'l40s-48gb',
  'l4-24gb',
]

const limit = (title: string, description: string) =>
  z.number().positive().max(1e9).meta({ title, description, 'x-unit': 'millisecond' })

/** One name, as a cell holds it, or a list. */
const oneOrMore = <Name extends z.ZodType>(name: Name) => z.union([name, z.array(name).min(1).max(50)])

const optionFields = {
  ttftMs: limit('TTFT limit', 'Longest mean time to the first token'),
  tpotMs: limit('TPOT limit', 'Longest mean time per output token'),
  plannedUtilisation: z.number().positive().max(1).meta({
    title: 'Planned utilisation',
    description: 'Share of what a busy replica makes that the plan counts on; 0.7 where left out',
    'x-unit': 'ratio',
  }),
  gpus: oneOrMore(z.string().min(1).max(100)).meta({
    title: 'GPUs to choose from',
    description: `Ids; where left out: ${usualGpus.join(', ')}`,
  }),
  precisions: oneOrMore(PrecisionField).meta({
    title: 'Precisions to choose from',
    description: 'Of the weights; the one they are published in where left out',
  }),
}

const defaultUtilisation = 0.7

/** One way to carry the load. Its cost is for each token that is asked for, not for each that could be made. */
const Fleet = z.strictObject({
  gpu: z.string(),
  precision: z.string(),
  layout: z.string(),
  seller: z.string(),
  instance: z.string(),
  instances: z.number().meta({ 'x-unit': 'instance' }),
  gpus: z.number().meta({ 'x-unit': 'GPU' }),
  usdPerHour: z.number().meta({ 'x-unit': 'USD/hour' }),
  usdPerMillionOutputTokens: z.number().meta({ 'x-unit': 'USD/million tokens' }),
  ttftMs: z.number().meta({ 'x-unit': 'millisecond' }),
  tpotMs: z.number().meta({ 'x-unit': 'millisecond' }),
  requestsPerReplica: z.number().meta({ 'x-unit': 'request' }),
  limitedBy: z.string(),
  extrapolated: z.boolean(),
})

const fleetOf = (of: Candidate, tokensPerSecond: number): z.output<typeof Fleet> => ({
  gpu: of.gpu,
  precision: of.precision,
  layout: of.rate.layout,
  seller: of.offer.seller,
  instance: of.offer.instance,
  instances: of.instances,
  gpus: of.gpus,
  usdPerHour: of.usdPerHour,
  usdPerMillionOutputTokens: (of.usdPerHour / (tokensPerSecond * SECONDS_PER_HOUR)) * TOKENS_PER_MILLION,
  ttftMs: of.rate.ttftSeconds.p50 * MILLISECONDS_PER_SECOND,
  tpotMs: of.rate.tpotSeconds.p50 * MILLISECONDS_PER_SECOND,
  requestsPerReplica: of.rate.batch,
  limitedBy: of.rate.limitedBy,
  extrapolated: of.rate.reach.reasons.length > 0,
})

export const capacity = calculation({
  id: 'capacity',
  title: 'Capacity',
  summary:
    'The cheapest rented fleet that carries a load within its limits, the frontier, and what was excluded',
  formula:
    'GPUs = ⌈⌈requestsPerSecond × outputTokens / (rate of a replica × utilisation)⌉ / replicas of an instance⌉ × GPUs of an instance',
  input: z.strictObject({
    model: NamedModelField.optional(),
    requestsPerSecond: z.number().positive().max(1e6).meta({
      title: 'Requests a second',
      description: 'Of the whole load, at its busiest',
      'x-unit': 'request/second',
    }),
    inputTokens: z.number().positive().max(1e7).default(1024).meta({
      title: 'Input tokens',
      description: 'Mean length of a prompt',
      'x-unit': 'token',
    }),
    outputTokens: z.number().positive().max(1e7).default(256).meta({
      title: 'Output tokens',
      description: 'Mean length of an answer',
      'x-unit': 'token',
    }),
    options: z
      .strictObject(optionFields)
      .partial()
      .default({})
      .meta({
        title: 'Options',
        description: `Further fields by name: ${Object.keys(optionFields).join(', ')}`,
      }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    cheapest: Fleet.nullable().meta({ title: 'The cheapest fleet' }),
    frontier: z.array(Fleet).meta({ title: 'Fleets that none beats in both cost and time per output token' }),
    excluded: z
      .array(z.strictObject({ gpu: z.string(), precision: z.string(), because: z.string() }))
      .meta({ title: 'What cannot carry it, and why' }),
  }),
  sources: speedSources,
  examples: [
    {
      title:
        'One request a second of 922 tokens each way on H200: one makes 1,676 tokens a second (InferenceX)',
      input: {
        model: 'meta-llama/Llama-3.1-70B',
        requestsPerSecond: 1,
        inputTokens: 921.6,
        outputTokens: 921.6,
        options: { gpus: 'h200-sxm-141gb', precisions: 'fp8' },
      },
      value: 1,
    },
  ],
  prices: ({ options }) =>
    [options.gpus ?? usualGpus].flat().map((gpu) => ({ kind: 'gpu', gpu, pricing: 'on-demand' })),
  compute(input, facts) {
    const subject = weightsNamedBy(input, facts)
    const model = modelFigures(subject.id, subject.config)
    const { options, requestsPerSecond, inputTokens, outputTokens } = input
    const published = options.precisions === undefined ? publishedPrecision(subject.config) : null
    const precisions: readonly PrecisionId[] = [options.precisions ?? published?.precision ?? []].flat()
    const plannedUtilisation = options.plannedUtilisation ?? defaultUtilisation
    const demand = {
      requestsPerSecond,
      inputTokens,
      outputTokens,
      plannedUtilisation,
      ...(options.ttftMs !== undefined && { ttftSeconds: options.ttftMs / MILLISECONDS_PER_SECOND }),
      ...(options.tpotMs !== undefined && { tpotSeconds: options.tpotMs / MILLISECONDS_PER_SECOND }),
    }
    const tried = [options.gpus ?? usualGpus]
      .flat()
      .flatMap((gpu) => precisions.map((precision) => candidatesOf({ model, gpu, precision, demand }, facts)))
    const candidates = tried
      .flatMap((one) => ('because' in one ? [] : one))
      .toSorted((a, b) => a.usdPerHour - b.usdPerHour || tpotOf(a) - tpotOf(b))
    const excluded = tried.flatMap((one) => ('because' in one ? [one] : []))
    const [best] = candidates
    const tokensPerSecond = requestsPerSecond * outputTokens
    return {
      result: {
        cheapest: best ? fleetOf(best, tokensPerSecond) : null,
        frontier: frontierOf(candidates).map((one) => fleetOf(one, tokensPerSecond)),
        excluded,
      },
      value: best?.gpus ?? null,
      unit: 'GPU',
      breakdown: best?.terms ?? [],
      interval: best?.band ?? null,
      assumptions: [
        ...(best ? arithmeticAssumptions({ id: best.gpu }, best.precision, best.rate.arithmetic) : []),
        ...subject.assumptions,
        ...lowerBounds(subject.config, { field: 'weightBytes', parts: modelParts }),
        ...(options.plannedUtilisation === undefined ? [utilisationAssumed] : []),
        ...(published === null
          ? []
          : [{ field: 'precisions', value: precisions, unit: null, because: published.because }]),
        ...(options.gpus === undefined
          ? [
              {
                field: 'gpus',
                value: usualGpus,
                unit: null,
                because: 'default: those that most sellers rent',
              },
            ]
          : []),
        ...(best
          ? best.rate.reach.reasons.map((reason) => ({
              field: 'extrapolated',
              value: true,
              unit: null,
              because: `Extrapolated: ${reason}, so the band is wider.`,
            }))
          : [nothingCarriesIt(excluded)]),
      ],
      sources: [facts.throughput.source, ...(best ? [priceSource(best.offer.source)] : [])],
    }
  },
})

const tpotOf = ({ rate }: Candidate): number => rate.tpotSeconds.p50

/** Candidates in order of cost, those left out that a cheaper one also beats in time per output token. */
function frontierOf(candidates: readonly Candidate[]): Candidate[] {
  const frontier: Candidate[] = []
  for (const candidate of candidates) {
    const last = frontier.at(-1)
    if (!last || tpotOf(candidate) < tpotOf(last)) frontier.push(candidate)
  }
  return frontier
}

const utilisationAssumed = {
  field: 'plannedUtilisation',
  value: defaultUtilisation,
  unit: 'ratio' as const,
  because:
    'default: the rest is kept for bursts, since waits grow without bound as a queue nears its capacity',
}

const nothingCarriesIt = (excluded: readonly Excluded[]) => ({
  field: 'capacity',
  value: null,
  unit: null,
  because: `No fleet of those asked for carries the load: ${excluded.map(({ gpu, because }) => `${gpu}: ${because}`).join(' ')}`,
})
