import { z } from 'zod'
import { divideBy, group, product, times } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { GpuField, gpuOf } from '../gpu-field.ts'
import { citedCost } from '../money/server-facts.ts'
import { SECONDS_PER_HOUR, TOKENS_PER_MILLION, WATTS_PER_KILOWATT } from '../units.ts'
import { budgetedGpus } from './budgeted-gpus.ts'
import { loadWatts } from './load-watts.ts'

const watts = (title: string, description: string) =>
  z.number().positive().max(1e5).optional().meta({ title, description, 'x-unit': 'watt' })
const ratio = (title: string, description: string) =>
  z.number().min(1).max(10).optional().meta({ title, description, 'x-unit': 'ratio' })

const Input = z.strictObject({
  gpu: GpuField,
  gpuCount: z.number().int().positive().max(1e6).default(1).meta({
    title: 'GPUs',
    description: 'Of the fleet that makes the tokens',
    'x-unit': 'GPU',
  }),
  outputTokensPerSecond: z.number().positive().max(1e12).meta({
    title: 'Output tokens a second',
    description: 'Of the whole fleet while it works',
    'x-unit': 'token/second',
  }),
  requestsPerReplica: z.number().positive().max(1e5).default(64).meta({
    title: 'Batch',
    description: 'Requests that a replica runs at once; the draw grows with it',
    'x-unit': 'request',
  }),
  watts: watts('Draw under load', 'Of one GPU; from measurements of it where left out'),
  serverOverheadRatio: ratio(
    'Server over GPUs',
    'Draw of the whole server over that of its GPUs; a planning figure where left out',
  ),
  powerUsageEffectiveness: ratio(
    'Power usage effectiveness',
    'Power of the building over power of its machines (ISO/IEC 30134-2); a planning figure where left out',
  ),
  gramsPerKilowattHour: z.number().nonnegative().max(2000).optional().meta({
    title: 'Grid factor',
    description:
      'CO2 of the grid, as its operator or authority publishes it for the place and year; without it emissions are unknown',
    'x-unit': 'gram/kilowatt hour',
  }),
  budgetKilowatts: z.number().positive().max(1e7).optional().meta({
    title: 'Power budget',
    description: 'Of the building, for GPUs with all that belongs to them',
    'x-unit': 'kilowatt',
  }),
})

export const energy = calculation({
  id: 'energy',
  title: 'Energy',
  summary:
    'Watt hours and grams of CO2 for a million output tokens, from measured draw under load, and the fleet that a power budget allows',
  formula:
    'watt hours per million tokens = gpuCount × watts × serverOverheadRatio × powerUsageEffectiveness / outputTokensPerSecond × 1,000,000 / 3600',
  sheet: false,
  input: Input,
  output: z.strictObject({
    wattHoursPerMillionTokens: z.number().meta({ title: 'Energy', 'x-unit': 'watt hour/million tokens' }),
    gramsPerMillionTokens: z
      .number()
      .nullable()
      .meta({ title: 'CO2; null without a grid factor', 'x-unit': 'gram/million tokens' }),
    gpuJoulesPerToken: z.number().meta({ title: 'Of the GPUs alone', 'x-unit': 'joule/token' }),
    wattsPerGpu: z.number().meta({ title: 'Draw of one GPU', 'x-unit': 'watt' }),
    kilowatts: z.number().meta({ title: 'Draw of the building for the fleet', 'x-unit': 'kilowatt' }),
    gpusOfBudget: z
      .number()
      .nullable()
      .meta({ title: 'Whole GPUs that the budget allows; null without one', 'x-unit': 'GPU' }),
    kilowattsPerGpu: z
      .number()
      .nullable()
      .meta({ title: 'All-in draw of one GPU that the budget is divided by', 'x-unit': 'kilowatt' }),
  }),
  sources: [],
  examples: [
    {
      title:
        'Llama 3.1 8B on one H100, 128 at once: 0.0951 J a token of the GPU were measured (ML.ENERGY v3)',
      input: {
        gpu: 'h100-sxm-80gb',
        outputTokensPerSecond: 7036.53,
        requestsPerReplica: 128,
        watts: 669.24,
        serverOverheadRatio: 1,
        powerUsageEffectiveness: 1,
      },
      value: (0.09511 * 1e6) / 3600,
      tolerance: 1e-3,
    },
  ],
  compute(input, facts) {
    const { gpuCount, outputTokensPerSecond, gramsPerKilowattHour } = input
    const gpu = gpuOf(input.gpu, facts)
    const load = loadWatts({ gpu, batch: input.requestsPerReplica, given: input.watts, facts })
    const server = citedRatio('serverOverheadRatio', 'server_overhead_over_gpu_tdp', input, facts)
    const building = citedRatio('powerUsageEffectiveness', 'pue_planner_default_ai_dc', input, facts)
    const draw = product(
      { name: 'GPUs', value: gpuCount, unit: 'GPU' },
      { name: 'draw of one GPU', value: load.watts, unit: 'watt' },
      { name: 'server over its GPUs', value: server.value, unit: 'ratio' },
      { name: 'building over its machines', value: building.value, unit: 'ratio' },
    )
    const whole = group('draw of the building', 'watt', draw)
    const perMillion = (ofWatts: number) =>
      (ofWatts / outputTokensPerSecond) * (TOKENS_PER_MILLION / SECONDS_PER_HOUR)
    const wattHours = perMillion(whole.value)
    const allIn = server.value * building.value * gpuCount
    const budget = budgetedGpus({ gpu, input, server: server.value, building: building.value }, facts)
    return {
      result: {
        wattHoursPerMillionTokens: wattHours,
        gramsPerMillionTokens:
          gramsPerKilowattHour === undefined ? null : (wattHours / WATTS_PER_KILOWATT) * gramsPerKilowattHour,
        gpuJoulesPerToken: (gpuCount * load.watts) / outputTokensPerSecond,
        wattsPerGpu: load.watts,
        kilowatts: whole.value / WATTS_PER_KILOWATT,
        gpusOfBudget: budget.gpus,
        kilowattsPerGpu: budget.kilowattsPerGpu,
      },
      value: wattHours,
      unit: 'watt hour/million tokens',
      breakdown: [
        ...product(whole),
        divideBy({ name: 'output tokens a second', value: outputTokensPerSecond, unit: 'token/second' }),
        times({ name: 'tokens of a million', value: TOKENS_PER_MILLION, unit: 'token' }),
        divideBy({ name: 'seconds of an hour', value: SECONDS_PER_HOUR, unit: 'second' }),
      ],
      interval: load.interval && {
        p10: perMillion(load.interval.p10 * allIn),
        p50: wattHours,
        p90: perMillion(load.interval.p90 * allIn),
      },
      assumptions: [
        ...(load.assumption ? [load.assumption] : []),
        ...server.assumptions,
        ...building.assumptions,
        ...budget.assumptions,
        ...(gramsPerKilowattHour === undefined ? [noGridFactor] : []),
        ...(load.interval === null ? [noInterval] : []),
      ],
      sources: load.sources,
    }
  },
})

const noGridFactor: Assumption = {
  field: 'gramsPerKilowattHour',
  value: null,
  unit: 'gram/kilowatt hour',
  because:
    'Emissions are unknown: a grid factor holds for one place and year, so give the one that its operator or authority publishes.',
}

const noInterval: Assumption = {
  field: 'interval',
  value: null,
  unit: null,
  because: 'The draw is one given or stated figure, so there is no spread to make a band of.',
}

/** A ratio as given, or a cited planning figure that says so. */
function citedRatio(
  field: 'serverOverheadRatio' | 'powerUsageEffectiveness',
  name: string,
  input: z.output<typeof Input>,
  facts: Facts,
): { value: number; assumptions: readonly Assumption[] } {
  const given = input[field]
  if (given !== undefined) return { value: given, assumptions: [] }
  const cited = citedCost(facts, field, name, 'ratio')
  return { value: cited.value, assumptions: [cited.assumption] }
}
