import type { Assumption, Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { wholeText } from '../format.ts'
import { gpuOf } from '../gpu-field.ts'
import { ownershipLineFields } from '../money/ownership.ts'
import { ownershipOf } from '../money/ownership-fields.ts'
import type { PrecisionId } from '../precision.ts'
import type { Source } from '../source.ts'
import type { Traffic } from '../workload/traffic.ts'
import { asCounted } from './as-counted.ts'
import { bookedGpuPrice, bookedTokenPrices, type PriceOrigin } from './booked-price.ts'
import type { LatencyLimits } from './estimated-speed.ts'
import { filledGap } from './filled-gap.ts'
import { knownModel } from './known-model.ts'
import type { OptionField } from './option-fields.ts'
import { speedOf } from './option-speed.ts'
import type { PricedOption, Settings } from './priced-option.ts'

/** An option with every figure that it needs, and where they come from. */
export interface Candidate {
  readonly name: string
  /** Its place in the input. */
  readonly place: number
  readonly option: PricedOption
  /** Band of `outputTokensPerSecond` where that is an estimate. */
  readonly speed: Interval | null
  readonly gpu: string | null
  /** Null where the price was given. */
  readonly origin: PriceOrigin | null
  /** Sources of single lines, by their names. */
  readonly lineSources?: Readonly<Record<string, Source>>
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

export interface Excluded {
  readonly name: string
  readonly place: number
  readonly kind: OptionField['kind']
  readonly reason: string
}

export interface PricingContext {
  readonly model: string | undefined
  readonly precision: PrecisionId | undefined
  readonly limits: LatencyLimits
  readonly day: string
  readonly traffic: Traffic
  readonly settings: Settings
  readonly facts: Facts
}

/** Fills what an option leaves out from the price book and the facts, or says why it cannot take part. */
export function priceOption(
  given: OptionField,
  place: number,
  context: PricingContext,
): Candidate | Excluded {
  switch (given.kind) {
    case 'token-api':
      return priceApi(given, place, context)
    case 'rented-gpus':
      return priceRent(given, place, context)
    case 'bought-servers':
      return priceServers(given, place, context)
  }
}

const excluded = (given: OptionField, place: number, name: string, reason: string): Excluded => ({
  name,
  place,
  kind: given.kind,
  reason,
})

const standing = (given: OptionField, followsLengths: boolean) => ({
  followsLengths,
  fixedUsdPerMonth: given.fixedUsdPerMonth ?? 0,
  tokenizerRatio: given.tokenizerRatio ?? 1,
  hiddenReasoningRatio: given.hiddenReasoningRatio ?? 1,
})

/** Ratios that are not one change every count of tokens, so the answer shows them. */
const shownRatios = (given: OptionField, path: string): Assumption[] =>
  (['tokenizerRatio', 'hiddenReasoningRatio'] as const).flatMap((name) => {
    const value = given[name]
    return value === undefined || value === 1
      ? []
      : [{ field: `${path}.${name}`, value, unit: 'ratio' as const, because: 'given' }]
  })

const fullPriceForCached = (path: string, usdPerMillionInput: number, why: string): Assumption =>
  filledGap(
    `${path}.usdPerMillionCachedInput`,
    usdPerMillionInput,
    'USD/million tokens',
    `${why}: cached tokens pay the input price.`,
  )

const priceOfMeanPrompt = (path: string, usdPerMillionInput: number, counted: Traffic): Assumption =>
  filledGap(
    `${path}.usdPerMillionInput`,
    usdPerMillionInput,
    'USD/million tokens',
    `The price depends on the length of a prompt: all are taken to have the mean, ${wholeText(counted.inputTokensPerRequest)} tokens.`,
  )

function priceApi(
  given: Extract<OptionField, { kind: 'token-api' }>,
  place: number,
  { model: comparedModel, day, traffic, facts }: PricingContext,
): Candidate | Excluded {
  const path = `options.${place}`
  const model = given.model ?? comparedModel
  const { usdPerMillionInput, usdPerMillionOutput, usdPerMillionCachedInput } = given
  if (usdPerMillionInput !== undefined && usdPerMillionOutput !== undefined) {
    return {
      name: given.name ?? `API of ${given.seller ?? `${usdPerMillionInput}/${usdPerMillionOutput} USD`}`,
      place,
      option: {
        kind: 'token-api',
        usdPerMillionInput,
        usdPerMillionCachedInput: usdPerMillionCachedInput ?? null,
        usdPerMillionOutput,
        ...standing(given, false),
      },
      speed: null,
      gpu: null,
      origin: null,
      assumptions: [
        ...shownRatios(given, path),
        ...(usdPerMillionCachedInput === undefined && traffic.cachedInputRatio > 0
          ? [fullPriceForCached(path, usdPerMillionInput, 'No cache price is given')]
          : []),
      ],
      sources: [],
    }
  }
  const name = given.name ?? `API of ${given.seller ?? 'the cheapest seller'}`
  if (model === undefined) {
    const reason = 'usdPerMillionInput and usdPerMillionOutput are not both given, and no model to look up.'
    return excluded(given, place, name, reason)
  }
  knownModel(given.model === undefined ? 'model' : `${path}.model`, model, facts)
  const question = { model, seller: given.seller, day, traffic: asCounted(given, traffic) }
  const booked = bookedTokenPrices(question, facts)
  if ('missing' in booked) return excluded(given, place, name, booked.missing)
  const cached = usdPerMillionCachedInput ?? booked.usdPerMillionCachedInput
  const input = usdPerMillionInput ?? booked.usdPerMillionInput
  return {
    name: given.name ?? `API of ${booked.origin.seller}`,
    place,
    option: {
      kind: 'token-api',
      usdPerMillionInput: input,
      usdPerMillionCachedInput: cached,
      usdPerMillionOutput: usdPerMillionOutput ?? booked.usdPerMillionOutput,
      ...standing(given, given.seller === undefined || booked.hasTiers),
    },
    speed: null,
    gpu: null,
    origin: booked.origin,
    assumptions: [
      ...shownRatios(given, path),
      ...(booked.hasTiers && usdPerMillionInput === undefined
        ? [priceOfMeanPrompt(path, input, question.traffic)]
        : []),
      ...(cached === null && traffic.cachedInputRatio > 0
        ? [fullPriceForCached(path, input, `No source states a cache price at ${booked.origin.seller}`)]
        : []),
      ...booked.besidePublic.map((one) => ({ ...one, field: `${path}.seller` })),
    ],
    sources: [booked.origin.source],
  }
}

function priceRent(
  given: Extract<OptionField, { kind: 'rented-gpus' }>,
  place: number,
  context: PricingContext,
): Candidate | Excluded {
  const path = `options.${place}`
  const gpu = gpuOf(given.gpu, context.facts, `${path}.gpu`)
  const pricing = given.pricing ?? 'on-demand'
  const name = given.name ?? `${gpu.id} ${spoken[pricing]}`
  const speed = speedOf(given, gpu, path, context)
  if (typeof speed === 'string') return excluded(given, place, name, speed)
  const { gpusPerReplica } = speed
  const question = { gpu: given.gpu, pricing, seller: given.seller, day: context.day, gpusPerReplica }
  const booked = given.usdPerGpuHour === undefined ? bookedGpuPrice(question, context.facts) : null
  if (booked && 'missing' in booked) return excluded(given, place, name, booked.missing)
  const gpusPerInstance = given.gpusPerInstance ?? booked?.gpusPerInstance
  return {
    name: given.name ?? (booked ? `${name} from ${booked.origin.seller}` : name),
    place,
    option: {
      kind: 'rented-gpus',
      usdPerGpuHour: given.usdPerGpuHour ?? booked?.usdPerGpuHour ?? 0,
      committed: pricing === 'committed',
      outputTokensPerSecond: speed.outputTokensPerSecond,
      gpusPerReplica,
      gpusPerInstance: gpusPerInstance ?? gpusPerReplica,
      ...standing(given, speed.band !== null),
    },
    speed: speed.band,
    gpu: gpu.id,
    origin: booked?.origin ?? null,
    assumptions: [
      ...shownRatios(given, path),
      ...speed.assumptions,
      ...(given.pricing === undefined ? [filledGap(`${path}.pricing`, pricing, null, 'default')] : []),
      ...(booked
        ? [filledGap(`${path}.usdPerGpuHour`, booked.usdPerGpuHour, 'USD/GPU hour', booked.because)]
        : []),
      ...(gpusPerInstance === undefined
        ? [
            filledGap(
              `${path}.gpusPerInstance`,
              gpusPerReplica,
              'GPU',
              'A machine is taken to hold one replica.',
            ),
          ]
        : []),
    ],
    sources: [...speed.sources, ...(booked ? [booked.origin.source] : [])],
  }
}

const spoken = { 'on-demand': 'on demand', spot: 'on the spot market', committed: 'on commitment' }

/** Servers with eight GPUs on one board are what is sold. */
const gpusPerServer = 8

function priceServers(
  given: Extract<OptionField, { kind: 'bought-servers' }>,
  place: number,
  context: PricingContext,
): Candidate | Excluded {
  const path = `options.${place}`
  const gpu = gpuOf(given.gpu, context.facts, `${path}.gpu`)
  const name = given.name ?? `${gpu.id} bought`
  const speed = speedOf(given, gpu, path, context)
  if (typeof speed === 'string') return excluded(given, place, name, speed)
  const owned = ownershipOf({ given, gpu, path, facts: context.facts })
  if ('missing' in owned) return excluded(given, place, name, owned.missing)
  return {
    name,
    place,
    option: {
      kind: 'bought-servers',
      ...owned.terms,
      outputTokensPerSecond: speed.outputTokensPerSecond,
      gpusPerReplica: speed.gpusPerReplica,
      gpusPerInstance: given.gpusPerInstance ?? gpusPerServer,
      ...standing(given, speed.band !== null),
    },
    speed: speed.band,
    gpu: gpu.id,
    origin: null,
    lineSources: citedLines(owned.assumptions, path),
    assumptions: [
      ...shownRatios(given, path),
      ...speed.assumptions,
      ...(given.gpusPerInstance === undefined
        ? [filledGap(`${path}.gpusPerInstance`, gpusPerServer, 'GPU', 'Servers are bought with 8 GPUs.')]
        : []),
      ...owned.assumptions,
    ],
    sources: speed.sources,
  }
}

/** The lines of ownership whose price is cited, with what cites it. */
const citedLines = (assumptions: readonly Assumption[], path: string): Record<string, Source> =>
  Object.fromEntries(
    Object.entries(ownershipLineFields).flatMap(([name, field]) => {
      const source = assumptions.find((one) => one.field === `${path}.${field}`)?.source
      return source ? [[name, source]] : []
    }),
  )
