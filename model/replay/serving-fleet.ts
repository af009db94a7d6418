import { z } from 'zod'
import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { GpuField } from '../gpu-field.ts'
import { ConfigField, NamedModelField } from '../model-field.ts'
import { PrecisionField } from '../precision.ts'
import { invalid } from '../problem.ts'
import { engineLimits } from '../serving-memory/engine-defaults.ts'
import { arithmeticAssumptions } from '../throughput/arithmetic.ts'
import { engines } from '../throughput/constants.ts'
import { latencySpread } from '../throughput/estimate.ts'
import { gpusOf, gpusPerReplica, layoutName } from '../throughput/layout.ts'
import { type Serving, servingOf } from '../throughput/serving.ts'
import { type Engine, engineOf } from './engine.ts'

const factor = (title: string, of: string) =>
  z
    .number()
    .min(0.05)
    .max(20)
    .default(1)
    .meta({ title, description: `Measured over predicted ${of}, as own-speed gives it`, 'x-unit': 'ratio' })

const tokens = (title: string, description: string) =>
  z.number().positive().max(1e6).meta({ title, description, 'x-unit': 'token' })

/** One model on one kind of GPU: what a load curve and a simulation ask of. */
export const fleetFields = {
  model: NamedModelField.optional(),
  gpu: GpuField,
  gpuCount: z.number().int().positive().max(4096).optional().meta({
    title: 'GPUs',
    description: 'Of the whole fleet at its start; the fewest on which the model fits where left out',
    'x-unit': 'GPU',
  }),
  tensorParallel: z.number().int().positive().max(1024).optional().meta({
    title: 'Tensor parallelism',
    description: 'GPUs that share each layer; the fewest that hold the model where left out',
    'x-unit': 'GPU',
  }),
  precision: PrecisionField.optional().meta({
    title: 'Precision',
    description: 'Storage of the weights; the one they are published in where left out',
  }),
  kvPrecision: PrecisionField.default('bf16').meta({
    title: 'KV precision',
    description: 'Storage of the KV cache',
  }),
  engine: z.enum(engines).default('vllm').meta({ title: 'Engine', description: 'Serving engine' }),
  config: ConfigField.optional(),
  tpotFactor: factor('Own speed, tokens', 'time per output token'),
  ttftFactor: factor('Own speed, first token', 'time to the first token'),
}
const FleetInput = z.object(fleetFields)
type FleetInput = z.output<typeof FleetInput>

export const lengthFields = {
  inputTokens: tokens('Input tokens', 'Mean length of a prompt').default(1024),
  outputTokens: tokens('Output tokens', 'Mean length of an answer').default(256),
  cachedInputRatio: z.number().min(0).max(0.99).default(0).meta({
    title: 'Cached share',
    description: 'Share of each prompt that a prefix cache answers',
    'x-unit': 'ratio',
  }),
}

/** A fleet resolved from names: its engine, how many replicas it has, and how sure its step times are. */
export interface ServingFleet {
  readonly serving: Serving
  readonly engine: Engine
  readonly replicas: number
  readonly gpuCount: number
  readonly gpusPerReplica: number
  readonly layout: string
  /** Measured over predicted time per output token, at the ends of its band. */
  readonly slower: { readonly p10: number; readonly p90: number }
  readonly assumptions: readonly Assumption[]
}

/**
 * @throws InputProblem for unknown names and layouts that do not exist, and where not one request fits.
 */
export function servingFleet(
  input: FleetInput & { readonly inputTokens: number; readonly outputTokens: number },
  facts: Facts,
): ServingFleet {
  const { tpotFactor, ttftFactor } = input
  const serving = servingOf(
    {
      model: input.model,
      config: input.config,
      gpu: input.gpu,
      precision: input.precision,
      inputTokens: input.inputTokens,
      outputTokens: input.outputTokens,
      concurrency: 1,
      ...wholeReplicas(input, facts),
      kvPrecision: input.kvPrecision,
      engine: input.engine,
      lengths: 'uniform',
      load: 'closed-loop',
    },
    facts,
  )
  const { fitted, latency, model, gpu } = serving
  const { layout } = fitted
  const limit = model.contextLimitTokens
  if (limit !== null && input.inputTokens + input.outputTokens > limit) {
    throw invalid(
      'inputTokens',
      `inputTokens: ${input.inputTokens} + ${input.outputTokens} tokens are beyond the context of ${model.id ?? 'the model'}; at most ${limit} are accepted.`,
    )
  }
  if (fitted.sequencesPerReplica === 0) {
    throw invalid(
      'gpuCount',
      `gpuCount: ${model.id ?? 'the model'} in ${serving.precision} with one request of ${input.inputTokens} + ${input.outputTokens} tokens does not fit on ${layoutName(layout)} of ${gpu.id}; give more GPUs, or a smaller format.`,
    )
  }
  const { corrections } = latency.deployment
  const corrected = {
    ...latency.deployment,
    corrections: {
      firstToken: corrections.firstToken * ttftFactor,
      outputToken: corrections.outputToken * tpotFactor,
    },
  }
  return {
    serving,
    engine: engineOf(corrected, fitted, engineLimits(gpu)),
    replicas: layout.replicas,
    gpuCount: gpusOf(layout),
    gpusPerReplica: gpusPerReplica(layout),
    layout: layoutName({ ...layout, replicas: 1 }),
    slower: latencySpread(latency.fit, latency.reach).outputToken,
    assumptions: [
      ...serving.assumptions,
      ...arithmeticAssumptions(gpu, serving.precision, latency.deployment.arithmetic),
    ],
  }
}

/** Without a degree of tensor parallelism the fleet is as many replicas as its GPUs make: the smallest that hold a request. */
function wholeReplicas(
  input: FleetInput & { readonly inputTokens: number; readonly outputTokens: number },
  facts: Facts,
): { gpuCount?: number; tensorParallel?: number } {
  const { gpuCount, tensorParallel } = input
  if (gpuCount === undefined) return { ...(tensorParallel !== undefined && { tensorParallel }) }
  if (tensorParallel !== undefined) return { gpuCount, tensorParallel }
  const least = servingOf(
    {
      model: input.model,
      config: input.config,
      gpu: input.gpu,
      precision: input.precision,
      inputTokens: input.inputTokens,
      outputTokens: input.outputTokens,
      concurrency: 1,
      kvPrecision: input.kvPrecision,
      engine: input.engine,
    },
    facts,
  ).fitted
  const { layout, sequencesPerReplica } = least
  const fits = sequencesPerReplica > 0 && gpuCount % gpusOf(layout) === 0 && layout.pipelineParallel === 1
  return fits ? { gpuCount, tensorParallel: layout.tensorParallel } : { gpuCount }
}
