import type { Assumption } from '../calculation.ts'
import type { CostInput, Facts, Gpu } from '../facts.ts'
import { sourceOf } from '../facts.ts'
import type { Unit } from '../meta.ts'
import { WATTS_PER_KILOWATT } from '../units.ts'

/** The ends of a range that a source gives for a figure. */
export interface Range {
  readonly low: number
  readonly high: number
}

/** A figure with what it rests on; null where no source gives one. */
export interface Cited {
  readonly value: number
  /** Null where the source gives the figure alone. */
  readonly range: Range | null
  readonly assumption: Assumption
}

const cited = (
  {
    field,
    value,
    unit,
    input,
    because,
  }: { field: string; value: number; unit: Unit; input: CostInput; because: string },
  range: Range | null,
): Cited => ({ value, range, assumption: { field, value, unit, because, source: sourceOf(input) } })

/** The range of a cost input over a divisor. */
const rangeOver = ({ low, high }: Pick<CostInput, 'low' | 'high'>, divisor = 1): Range | null =>
  low === null || high === null ? null : { low: low / divisor, high: high / divisor }

function statedCost(facts: Facts, name: string): { value: number; input: CostInput } {
  const input = facts.costInput(name)
  if (input?.value == null) throw new Error(`The facts have no cost input ${name}.`)
  return { value: input.value, input }
}

/** A cost input as it stands, with its range where the source gives one. */
export function citedCost(facts: Facts, field: string, name: string, unit: Unit): Cited {
  const { value, input } = statedCost(facts, name)
  const because = `${inWords(name)}${rangeOf(input)}; ${originOf(input)}`
  return cited({ field, value, unit, input, because }, rangeOver(input))
}

/** What a cost input is, where its own name does not read as a sentence. */
const sentences: Readonly<Record<string, string>> = {
  electricity_us_commercial: 'The average price of electricity for businesses in the United States',
  pue_planner_default_ai_dc: "A planning tool's default for a data centre of GPUs",
  colo_wholesale_na_250_500kw: 'Wholesale colocation of 250 to 500 kW in North America',
  server_8x_h100_with_infiniband: 'A server of eight H100 with InfiniBand',
  server_8x_b200_derived: 'A server of eight B200, derived',
  rack_gb200_nvl72: 'A rack of 72 GB200',
  rack_gb300_nvl72: 'A rack of 72 GB300',
}

const inWords = (name: string): string => {
  const allIn = /^all_in_power_(.+)$/.exec(name)?.[1]
  if (allIn !== undefined) return `The draw of one ${allIn.toUpperCase()} with its share of the data centre`
  const rented = /^rent_3yr_(.+)$/.exec(name)?.[1]
  if (rented !== undefined) return `Rent of one ${rented.toUpperCase()} under a contract of three years`
  return sentences[name] ?? name.replaceAll('_', ' ')
}

const originOf = ({ source, sourceDate }: CostInput): string =>
  `source: ${source}${sourceDate === null ? '' : `, ${sourceDate}`}.`

const rangeOf = ({ low, high }: Pick<CostInput, 'low' | 'high'>): string =>
  low === null || high === null ? '' : `, between ${low} and ${high}`

/** GPUs whose whole server, or share of a rack, has a published price. */
export const serverPrices: Readonly<Record<string, { readonly name: string; readonly gpuCount: number }>> = {
  'h100-sxm-80gb': { name: 'server_8x_h100_with_infiniband', gpuCount: 8 },
  'b200-sxm-180gb': { name: 'server_8x_b200_derived', gpuCount: 8 },
  'gb200-186gb': { name: 'rack_gb200_nvl72', gpuCount: 72 },
  'gb300-288gb': { name: 'rack_gb300_nvl72', gpuCount: 72 },
}

/** GPUs that are sold in servers of eight on one board, so that the board's share of the server is known. */
const boardForms = ['SXM', 'OAM']

/**
 * What one GPU costs with its share of a complete server. Purchase prices are the weakest figures of all: no maker
 * prints a list price, so each comes with its range and the advice to use a quote.
 */
export function purchaseUsdPerGpu(facts: Facts, gpu: Gpu, field: string): Cited | null {
  const advice = 'Purchase prices are weak data: use your quote.'
  const server = serverPrices[gpu.id]
  if (server) {
    const { value, input } = statedCost(facts, server.name)
    const because = `${inWords(server.name)}: ${value} USD${rangeOf(input)}, for ${server.gpuCount} GPUs; ${originOf(input)} ${advice}`
    return cited(
      { field, value: value / server.gpuCount, unit: 'USD', input, because },
      rangeOver(input, server.gpuCount),
    )
  }
  if (gpu.purchaseUsd === null || !boardForms.some((form) => gpu.formFactor.includes(form))) return null
  const { low, high, basis, source } = gpu.purchaseUsd
  const share = statedCost(facts, 'gpu_share_of_8gpu_server_cost')
  const value = (low + high) / 2 / share.value
  const because = `the GPU alone costs ${low} to ${high} USD (${basis}; ${source}), here their middle over ${share.value}, its share of a server of eight. ${advice}`
  // The dearest GPU in the server that adds most to it, and the other way round.
  const range = {
    low: low / (share.input.high ?? share.value),
    high: high / (share.input.low ?? share.value),
  }
  return cited({ field, value, unit: 'USD', input: share.input, because }, range)
}

const allInPower: Readonly<Record<string, string>> = {
  'h100-sxm-80gb': 'all_in_power_h100',
  'h200-sxm-141gb': 'all_in_power_h200',
  'b200-sxm-180gb': 'all_in_power_b200',
  'b300-sxm-288gb': 'all_in_power_b300',
  'gb200-186gb': 'all_in_power_gb200',
  'gb300-288gb': 'all_in_power_gb300',
  'mi300x-192gb': 'all_in_power_mi300x',
  'mi325x-256gb': 'all_in_power_mi325x',
  'mi355x-288gb': 'all_in_power_mi355x',
}

export const powerUsageEffectiveness = (facts: Facts, field: string): Cited =>
  citedCost(facts, field, 'pue_planner_default_ai_dc', 'ratio')

/**
 * What one GPU draws with its share of the server, without the building: the published draw of the whole data
 * centre over the power usage effectiveness, or else the GPU's own power with the server's overhead.
 */
export function kilowattsPerGpu(facts: Facts, gpu: Gpu, field: string): Cited | null {
  const allIn = allInPower[gpu.id]
  if (allIn !== undefined) {
    const { value, input } = statedCost(facts, allIn)
    const building = powerUsageEffectiveness(facts, field).value
    const because = `${inWords(allIn)}: ${value} kW, over a power usage effectiveness of ${building}; ${originOf(input)}`
    return cited(
      { field, value: value / building, unit: 'kilowatt', input, because },
      rangeOver(input, building),
    )
  }
  if (gpu.powerWatts === null) return null
  const overhead = statedCost(facts, 'server_overhead_over_gpu_tdp')
  const kilowatts = (gpu.powerWatts * overhead.value) / WATTS_PER_KILOWATT
  const because = `${gpu.powerWatts} W of the GPU times ${overhead.value} for the rest of its server; ${originOf(overhead.input)}`
  return cited(
    { field, value: kilowatts, unit: 'kilowatt', input: overhead.input, because },
    rangeOver(overhead.input, WATTS_PER_KILOWATT / gpu.powerWatts),
  )
}
