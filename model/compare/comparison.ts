import type { Assumption, Interval } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { totalUsd } from '../money/line.ts'
import type { PrecisionId } from '../precision.ts'
import { committedSpend } from '../prices/own/committed-spend.ts'
import type { Source } from '../source.ts'
import { SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import { outputRatioOf, type Traffic, trafficOf } from '../workload/traffic.ts'
import { largestTokensPerMonth, type Workload } from '../workload/workload.ts'
import { breakEvenOf } from './break-evens.ts'
import { certaintyOf } from './certainty.ts'
import type { ComparisonResult, FlipResult, OptionResult } from './comparison-result.ts'
import { capacityUnitOf, fixedCosts, gpuCountOf, linesOf, paidHoursOf, staircaseOf } from './cost.ts'
import { dependsOnLengths, lengthNames, neverTurned } from './dials.ts'
import { flipsOf } from './flips.ts'
import type { OptionField } from './option-fields.ts'
import { type Candidate, type Excluded, priceOption } from './price-option.ts'
import type { PricedOption, Settings } from './priced-option.ts'
import { turnable } from './question.ts'
import { usdAt } from './staircase.ts'

export interface ComparisonInput {
  readonly workload: Workload
  readonly options: readonly OptionField[]
  readonly model?: string | undefined
  readonly precision?: PrecisionId | undefined
  readonly peakToMean?: number | undefined
  readonly activeHoursPerMonth?: number | undefined
  readonly settings: Settings
  readonly ttftMs?: number | undefined
  readonly tpotMs?: number | undefined
  readonly asOf?: string | undefined
}

export interface Comparison {
  readonly result: ComparisonResult
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

/** What takes part, every figure of it filled in, and the month of traffic that it is asked to carry. */
export function candidatesOf(input: ComparisonInput, facts: Facts) {
  const { workload, settings, peakToMean, activeHoursPerMonth } = input
  const { hoursPerMonth } = settings
  const month = trafficOf({ workload, peakToMean, activeHoursPerMonth, hoursPerMonth })
  const { traffic } = month
  const day = input.asOf ?? facts.asOf
  const { model, precision, ttftMs, tpotMs } = input
  const context = { model, precision, limits: { ttftMs, tpotMs }, day, traffic, settings, facts }
  const priced = toldApart(input.options.map((option, place) => priceOption(option, place, context)))
  return {
    month,
    candidates: priced.flatMap((one) => ('reason' in one ? [] : [one])),
    excluded: priced.flatMap((one) => ('reason' in one ? [one] : [])),
  }
}

/** All options side by side, for one workload. */
export function comparisonOf(input: ComparisonInput, facts: Facts): Comparison {
  const { workload, settings, activeHoursPerMonth } = input
  const { month, candidates, excluded } = candidatesOf(input, facts)
  const { traffic } = month
  const options = candidates
    .map((candidate) => optionResult(candidate, traffic, settings))
    .toSorted((a, b) => a.usdPerMonth - b.usdPerMonth || a.place - b.place)
  const inOrder = options.flatMap(({ place }) => candidates.filter((candidate) => candidate.place === place))
  const question = {
    ...turnable({ workload, traffic, activeHoursPerMonth }),
    settings,
    options: inOrder.map(({ option }) => option),
  }
  const [cheapest, runnerUp] = options
  const assumptions = [
    ...month.assumptions,
    ...inOrder.flatMap((candidate) => candidate.assumptions),
    ...inOrder.flatMap((candidate) => (isWithoutStaff(candidate) ? [staffOf(candidate)] : [])),
    ...options.flatMap(({ price, usdPerMonth: usd, place }) =>
      price
        ? committedSpend({
            committedUsd: facts.committedUsdPerMonth(price.seller, input.asOf ?? facts.asOf),
            seller: price.seller,
            usd,
            field: `options.${place}.usdPerMonth`,
          })
        : [],
    ),
    ...(inOrder.length > 1 ? [notTurnedIn(question.options)] : []),
  ]
  return {
    result: {
      traffic,
      options,
      excluded,
      cheapest: cheapest
        ? {
            name: cheapest.name,
            usdPerMonth: cheapest.usdPerMonth,
            runnerUp: runnerUp?.name ?? null,
            savedUsdPerMonth: runnerUp ? runnerUp.usdPerMonth - cheapest.usdPerMonth : null,
            savedRatio:
              runnerUp && runnerUp.usdPerMonth > 0 ? 1 - cheapest.usdPerMonth / runnerUp.usdPerMonth : null,
          }
        : null,
      certainty: cheapest ? certaintyOf(question, inOrder) : null,
      breakEvens: pairsOf(inOrder).map((pair) => breakEvenOf({ ...pair, traffic, settings })),
      flips: inOrder.length > 1 ? flipsOf(question).map((flip) => named(flip, inOrder)) : [],
      costCurve: costCurve(inOrder, traffic, settings),
    },
    assumptions,
    sources: distinct([
      ...inOrder.flatMap(({ sources }) => sources),
      ...assumptions.flatMap(({ source }) => source ?? []),
    ]),
  }
}

/** Names say which option is meant, so of several that are called alike all but the first say their place. */
const toldApart = (priced: readonly (Candidate | Excluded)[]): (Candidate | Excluded)[] =>
  priced.map((one) => {
    const isFirst = priced.findIndex(({ name }) => name === one.name) === one.place
    return isFirst ? one : { ...one, name: `${one.name} (option ${one.place + 1})` }
  })

const isWithoutStaff = ({ option }: Candidate): boolean =>
  option.kind !== 'token-api' && option.fixedUsdPerMonth === 0

const staffOf = ({ place }: Candidate): Assumption => ({
  field: `options.${place}.fixedUsdPerMonth`,
  value: null,
  unit: 'USD/month',
  because: 'Staff, support, storage and custody of the weights are not counted: nobody gave their cost.',
})

const notTurnedIn = (options: readonly PricedOption[]): Assumption => ({
  field: 'flips',
  value: [...neverTurned, ...(dependsOnLengths(options) ? lengthNames : [])].join(', '),
  unit: null,
  because:
    'These are not turned in search of a flip: another layout or other lengths have other speeds and prices, and a month has the hours that it has.',
})

const distinct = (sources: readonly Source[]): Source[] => [
  ...new Map(sources.map((source) => [source.title, source])).values(),
]

/** Each self-hosted option against each API, and each bought one against each rented one. */
function pairsOf(candidates: readonly Candidate[]): { own: Candidate; rival: Candidate }[] {
  const rank = { 'token-api': 0, 'rented-gpus': 1, 'bought-servers': 2 }
  return candidates.flatMap((own) =>
    candidates
      .filter((rival) => rank[own.option.kind] > rank[rival.option.kind])
      .map((rival) => ({ own, rival })),
  )
}

function optionResult(candidate: Candidate, traffic: Traffic, settings: Settings): OptionResult {
  const { option, name, place, origin, lineSources } = candidate
  const lines = linesOf({ option, traffic, settings }).map((line) => ({
    ...line,
    source: lineSources?.[line.name] ?? (line.name === fixedCosts ? null : (origin?.source ?? null)),
  }))
  const usdPerMonth = totalUsd(lines)
  return {
    name,
    kind: option.kind,
    place,
    lines,
    usdPerMonth,
    usdPerMillionTokens: (usdPerMonth / traffic.tokensPerMonth) * TOKENS_PER_MILLION,
    usdPerMonthInterval: candidate.speed && bandOf(option, candidate.speed, { traffic, settings }),
    hardware: hardwareOf(candidate, traffic, settings),
    price: origin && {
      seller: origin.seller,
      what: origin.what,
      checkedOn: origin.checkedOn,
      isStale: origin.isStale,
    },
  }
}

/** A fast replica makes a cheap month: the ends of the band change places. */
function bandOf(
  option: PricedOption,
  speed: Interval,
  context: { traffic: Traffic; settings: Settings },
): Interval {
  const at = (outputTokensPerSecond: number): number =>
    totalUsd(linesOf({ option: { ...option, outputTokensPerSecond } as PricedOption, ...context }))
  return { p10: at(speed.p90), p50: at(speed.p50), p90: at(speed.p10) }
}

function hardwareOf(
  { option, gpu }: Candidate,
  traffic: Traffic,
  settings: Settings,
): OptionResult['hardware'] {
  if (option.kind === 'token-api' || gpu === null) return null
  const unit = capacityUnitOf({ option, traffic, settings })
  const gpuCount = gpuCountOf({ option, traffic, settings })
  const units = gpuCount / unit.gpus
  const replicaCount = units * unit.replicas
  const outputTokens =
    traffic.tokensPerMonth * outputRatioOf(traffic) * option.tokenizerRatio * option.hiddenReasoningRatio
  const outputTokensPerSecond = replicaCount * option.outputTokensPerSecond
  const fullSpeedTokens =
    outputTokensPerSecond * SECONDS_PER_HOUR * paidHoursOf({ option, traffic, settings })
  return {
    gpu,
    gpuCount,
    instanceCount: units * unit.instances,
    replicaCount,
    gpusPerReplica: option.gpusPerReplica,
    outputTokensPerSecond,
    outputTokensPerSecondPerReplica: option.outputTokensPerSecond,
    capacityTokensPerMonth: units * unit.tokensPerMonth,
    capacityUsedRatio: traffic.tokensPerMonth / (units * unit.tokensPerMonth),
    utilisationRatio: outputTokens / fullSpeedTokens,
  }
}

/** A flip in the words of the input: options by their place there, and by name. */
function named(flip: ReturnType<typeof flipsOf>[number], inOrder: readonly Candidate[]): FlipResult {
  const [, index, name] = /^options\.(\d+)\.(.+)$/.exec(flip.field) ?? []
  const candidate = index === undefined ? undefined : inOrder[Number(index)]
  return {
    ...flip,
    field: candidate ? `options.${candidate.place}.${name}` : flip.field,
    of: candidate?.name ?? null,
    cheapestThen: flip.cheapestThen === null ? null : (inOrder[flip.cheapestThen]?.name ?? null),
  }
}

const pointsEachWay = 24
const widestFactor = 100

/** Costs from a hundredth to a hundred times the volume, evenly spaced in logarithms. */
function costCurve(
  candidates: readonly Candidate[],
  traffic: Traffic,
  settings: Settings,
): ComparisonResult['costCurve'] {
  const stairs = candidates.map(({ option }) => staircaseOf({ option, traffic, settings }))
  return Array.from({ length: 2 * pointsEachWay + 1 }, (_, point) => {
    const tokens = traffic.tokensPerMonth * widestFactor ** (point / pointsEachWay - 1)
    const tokensPerMonth = Math.min(Math.max(1, Math.round(tokens)), largestTokensPerMonth)
    return { tokensPerMonth, usdPerMonth: stairs.map((staircase) => usdAt(staircase, tokensPerMonth)) }
  })
}
