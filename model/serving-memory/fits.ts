import { z } from 'zod'
import type { Assumption } from '../calculation.ts'
import { calculation } from '../calculation.ts'
import { GpuField } from '../gpu-field.ts'
import { ConfigField, NamedModelField } from '../model-field.ts'
import { PrecisionField } from '../precision.ts'
import { cacheBytesOf } from '../throughput/deployment.ts'
import { layoutName } from '../throughput/layout.ts'
import { keptAt16BitsSource } from '../throughput/served-weights.ts'
import { servingSubject } from '../throughput/serving-subject.ts'
import { occupancySources } from './budget.ts'
import { longestContext } from './cache-room.ts'
import { defaultMemoryShare, engineLimits, engineLimitsSource } from './engine-defaults.ts'
import { fittedLayout } from './fitted-layout.ts'

/** Where a config states no limit, this one is searched: above every published context. */
const longestSearched = 2 ** 24

const bytes = (title: string) => z.number().meta({ title, 'x-unit': 'byte' })

export const fits = calculation({
  id: 'fits',
  title: 'Fits',
  summary: 'Whether a model with its cache fits on so many GPUs, in which layout, and how much more would',
  formula:
    'cache = memory × share - weights - activations - graphs - non-torch ≥ sequences × cache of one, on each GPU',
  input: z.strictObject({
    model: NamedModelField.optional(),
    precision: PrecisionField,
    gpu: GpuField,
    gpuCount: z.number().int().positive().max(100_000).default(1).meta({
      title: 'GPUs',
      description: 'Of the whole deployment',
      'x-unit': 'GPU',
    }),
    contextTokens: z.number().int().positive().max(longestSearched).default(4096).meta({
      title: 'Context',
      description: 'Tokens of one sequence, prompt and answer together',
      'x-unit': 'token',
    }),
    sequences: z.number().int().positive().max(1e7).default(1).meta({
      title: 'Sequences',
      description: 'Held at once by the whole deployment',
      'x-unit': 'sequence',
    }),
    tensorParallel: z.number().int().positive().max(4096).optional().meta({
      title: 'Tensor parallelism',
      description: 'GPUs that share each layer',
      'x-unit': 'GPU',
    }),
    pipelineParallel: z.number().int().positive().max(4096).optional().meta({
      title: 'Pipeline parallelism',
      description: 'Stages that the layers are cut into',
      'x-unit': 'GPU',
    }),
    kvPrecision: PrecisionField.default('bf16').meta({
      title: 'KV precision',
      description: 'Storage of the KV cache; an engine keeps 16 bits unless told otherwise',
    }),
    memoryShare: z.number().positive().max(1).default(defaultMemoryShare).meta({
      title: 'Memory share',
      description: 'Share of the memory that the engine fills (gpu_memory_utilization)',
      'x-unit': 'ratio',
    }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    fits: z.boolean().meta({ title: 'Whether it fits' }),
    layout: z.string().meta({ title: 'Layout' }),
    tensorParallel: z.number().meta({ title: 'Tensor parallelism', 'x-unit': 'GPU' }),
    pipelineParallel: z.number().meta({ title: 'Pipeline parallelism', 'x-unit': 'GPU' }),
    replicas: z.number().meta({ title: 'Replicas', 'x-unit': 'replica' }),
    largestContextTokens: z
      .number()
      .meta({ title: 'Longest context of so many sequences', 'x-unit': 'token' }),
    largestConcurrency: z
      .number()
      .meta({ title: 'Sequences of this context that fit, engine cap included', 'x-unit': 'sequence' }),
    budgetBytes: bytes('What the engine may fill of each GPU'),
    weightBytes: bytes('Weights on each GPU'),
    activationBytes: bytes('Activation peak on each GPU'),
    graphBytes: bytes('CUDA graphs on each GPU'),
    nonTorchBytes: bytes('Outside the framework on each GPU'),
    cacheBytes: bytes('Left for the KV cache on each GPU; 0 where the rest does not fit'),
    shortfallBytes: bytes('What each GPU lacks before any cache; 0 where the rest fits'),
  }),
  sources: [engineLimitsSource, ...occupancySources, keptAt16BitsSource],
  examples: [
    {
      title: 'Llama 3.1 8B in 16 bits on one H100',
      input: { model: 'meta-llama/Llama-3.1-8B', precision: 'bf16', gpu: 'h100-sxm-80gb' },
      value: true,
    },
    {
      title: 'Llama 3.1 70B in 16 bits on one H100',
      input: { model: 'meta-llama/Llama-3.1-70B', precision: 'bf16', gpu: 'h100-sxm-80gb' },
      value: false,
    },
  ],
  compute(input, facts) {
    const { model, gpu, precision, assumptions } = servingSubject(input, facts)
    const limits = engineLimits(gpu, input.memoryShare)
    const { contextTokens, sequences } = input
    const question = { model, gpu, precision, cachePrecision: input.kvPrecision, contextTokens, limits }
    const { layout, room, sequencesPerReplica } = fittedLayout(question, input)
    const held = { model, layout, room, limits, cacheBytesPerElement: cacheBytesOf(input.kvPrecision) }
    const limitTokens = model.contextLimitTokens ?? longestSearched
    const withinContext = contextTokens <= limitTokens
    const largestConcurrency = withinContext ? sequencesPerReplica * layout.replicas : 0
    const fit = largestConcurrency >= sequences
    return {
      result: {
        fits: fit,
        layout: layoutName(layout),
        tensorParallel: layout.tensorParallel,
        pipelineParallel: layout.pipelineParallel,
        replicas: layout.replicas,
        largestContextTokens: longestContext({
          ...held,
          limitTokens,
          sequences: Math.ceil(sequences / layout.replicas),
        }),
        largestConcurrency,
        budgetBytes: room.budgetBytes,
        weightBytes: room.weightBytes,
        activationBytes: room.activationBytes,
        graphBytes: room.graphBytes,
        nonTorchBytes: room.nonTorchBytes,
        cacheBytes: Math.max(0, room.cacheBytes),
        shortfallBytes: Math.max(0, -room.cacheBytes),
      },
      value: fit,
      unit: null,
      breakdown: [],
      assumptions: [
        ...assumptions,
        ...(withinContext ? [] : [beyondContext(contextTokens, limitTokens)]),
        {
          field: 'engine',
          value: 'vllm',
          unit: null,
          because: `Budgeted as vLLM does by default on this GPU: at most ${limits.sequences} sequences and ${limits.tokensPerStep} tokens a step.`,
        },
      ],
    }
  },
})

const beyondContext = (contextTokens: number, limitTokens: number): Assumption => ({
  field: 'contextTokens',
  value: contextTokens,
  unit: 'token',
  because: `The model's config states a longest context of ${limitTokens} tokens, so ${contextTokens} do not fit whatever the memory.`,
})
