import { tokenLines } from '../money/api-cost.ts'
import { type Line, line, totalUsd } from '../money/line.ts'
import { ownershipLines } from '../money/ownership.ts'
import { SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import { outputRatioOf, type Traffic } from '../workload/traffic.ts'
import type { PricedOption, SelfHosted, Settings, TokenApi } from './priced-option.ts'
import type { Staircase } from './staircase.ts'

interface Case<Option extends PricedOption = PricedOption> {
  readonly option: Option
  readonly traffic: Traffic
  readonly settings: Settings
}

/** The smallest thing that can be added: whole replicas on whole instances. */
export interface CapacityUnit {
  readonly replicas: number
  readonly instances: number
  readonly gpus: number
  /** Tokens of the workload that it carries in a month, sized on the busiest minutes. */
  readonly tokensPerMonth: number
}

/**
 * Several replicas share an instance where they fit; a larger one takes several whole instances.
 *
 *   tokensPerMonth = ⌊outputTokensPerSecond × replicas × 3600 × activeHoursPerMonth × plannedUtilisation
 *                     / peakToMean / (outputRatio × tokenizerRatio × hiddenReasoningRatio)⌋
 */
export function capacityUnitOf({ option, traffic, settings }: Case<SelfHosted>): CapacityUnit {
  const { gpusPerReplica, gpusPerInstance } = option
  const replicas = Math.max(1, Math.floor(gpusPerInstance / gpusPerReplica))
  const instances = Math.max(1, Math.ceil(gpusPerReplica / gpusPerInstance))
  const outputPerToken = outputRatioOf(traffic) * option.tokenizerRatio * option.hiddenReasoningRatio
  const tokens =
    (option.outputTokensPerSecond *
      replicas *
      SECONDS_PER_HOUR *
      traffic.activeHoursPerMonth *
      settings.plannedUtilisation) /
    traffic.peakToMean /
    outputPerToken
  return { replicas, instances, gpus: instances * gpusPerInstance, tokensPerMonth: wholeTokens(tokens) }
}

/** Whole tokens; a product that misses a whole number by the last digits of a double is that number. */
const wholeTokens = (tokens: number): number => Math.max(1, Math.floor(tokens * (1 + 8 * Number.EPSILON)))

export const paidHoursOf = ({ option, traffic, settings }: Case<SelfHosted>): number =>
  option.kind === 'rented-gpus' && !option.committed ? traffic.activeHoursPerMonth : settings.hoursPerMonth

/** The lines of so many GPUs. */
function gpuLines({ option, traffic, settings }: Case<SelfHosted>, gpuCount: number): Line[] {
  if (option.kind === 'bought-servers') return ownershipLines({ ...option, ...settings }, gpuCount)
  const quantity = gpuCount * paidHoursOf({ option, traffic, settings })
  return [
    line({ name: 'GPU hours', quantity, unit: 'GPU hour', usdPerUnit: option.usdPerGpuHour, source: null }),
  ]
}

function apiLines({ option, traffic }: Case<TokenApi>, tokensPerMonth: number): Line[] {
  const outputRatio = outputRatioOf(traffic)
  const tokens = tokensPerMonth * option.tokenizerRatio
  const inputTokens = tokens * (1 - outputRatio)
  return tokenLines({
    ...option,
    usdPerMillionCachedInput: option.usdPerMillionCachedInput ?? option.usdPerMillionInput,
    inputTokens,
    cachedInputTokens: inputTokens * traffic.cachedInputRatio,
    outputTokens: tokens * outputRatio * option.hiddenReasoningRatio,
  })
}

/** An option's month as a function of volume, at the traffic's mix. */
export function staircaseOf({ option, traffic, settings }: Case): Staircase {
  const { fixedUsdPerMonth: usdPerMonth } = option
  if (option.kind === 'token-api') {
    const usdPerMillionTokens = totalUsd(apiLines({ option, traffic, settings }, TOKENS_PER_MILLION))
    return { usdPerMonth, usdPerMillionTokens, step: null }
  }
  const { tokensPerMonth, gpus } = capacityUnitOf({ option, traffic, settings })
  const usd = totalUsd(gpuLines({ option, traffic, settings }, gpus))
  return { usdPerMonth, usdPerMillionTokens: 0, step: { tokens: tokensPerMonth, usd } }
}

/** Whole GPUs that the traffic needs. */
export function gpuCountOf({ option, traffic, settings }: Case<SelfHosted>): number {
  const { tokensPerMonth, gpus } = capacityUnitOf({ option, traffic, settings })
  return Math.ceil(traffic.tokensPerMonth / tokensPerMonth) * gpus
}

/** The line of what an option costs at any volume. */
export const fixedCosts = 'fixed costs'

/** The lines of an option's month at the traffic's own volume. */
export function linesOf({ option, traffic, settings }: Case): Line[] {
  const { fixedUsdPerMonth: usdPerUnit } = option
  const fixed = line({ name: fixedCosts, quantity: 1, unit: 'month', usdPerUnit, source: null })
  const running =
    option.kind === 'token-api'
      ? apiLines({ option, traffic, settings }, traffic.tokensPerMonth)
      : gpuLines({ option, traffic, settings }, gpuCountOf({ option, traffic, settings }))
  return [...running, ...(usdPerUnit > 0 ? [fixed] : [])]
}
