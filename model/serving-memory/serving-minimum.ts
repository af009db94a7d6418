import { z } from 'zod'
import { divideBy, group, sum } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import { ConfigField, NamedModelField, weightsNamedBy } from '../model-field.ts'
import { lowerBounds, modelParts } from '../omissions.ts'
import { PrecisionField } from '../precision.ts'
import { cacheBytesOf } from '../throughput/deployment.ts'
import { modelFigures } from '../throughput/model-figures.ts'
import { keptAt16BitsSource, servedWeights } from '../throughput/served-weights.ts'
import { GB } from '../units.ts'
import { occupancy, occupancySources } from './budget.ts'
import { sequenceBytesPerGpu } from './cache-room.ts'
import { defaultMemoryShare, engineLimitsSource, leastLimits } from './engine-defaults.ts'

const oneDevice = { tensorParallel: 1, pipelineParallel: 1, dataParallel: 1, replicas: 1 }

export const servingMinimum = calculation({
  id: 'serving-minimum',
  title: 'Serving minimum',
  summary: 'Least device memory with which an engine starts: weights, activations, graphs, non-torch, cache',
  formula: 'minimum = (weights + activations + graphs + non-torch + sequences × cache of one) / memoryShare',
  input: z.strictObject({
    model: NamedModelField.optional(),
    precision: PrecisionField,
    contextTokens: z.number().int().positive().max(1e8).default(4096).meta({
      title: 'Context',
      description: 'Tokens of one sequence',
      'x-unit': 'token',
    }),
    sequences: z.number().int().positive().max(1e6).default(1).meta({
      title: 'Sequences',
      description: 'Held at once',
      'x-unit': 'sequence',
    }),
    kvPrecision: PrecisionField.default('bf16').meta({
      title: 'KV precision',
      description: 'Storage of the KV cache',
    }),
    memoryShare: z.number().positive().max(1).default(defaultMemoryShare).meta({
      title: 'Memory share',
      description: 'Share of the memory that the engine fills (gpu_memory_utilization)',
      'x-unit': 'ratio',
    }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    weightBytes: z.number().meta({ title: 'Weights in memory', 'x-unit': 'byte' }),
    activationBytes: z.number().meta({ title: 'Activation peak', 'x-unit': 'byte' }),
    graphBytes: z.number().meta({ title: 'CUDA graphs', 'x-unit': 'byte' }),
    nonTorchBytes: z.number().meta({ title: 'Outside the framework', 'x-unit': 'byte' }),
    cacheBytes: z.number().meta({ title: 'KV cache', 'x-unit': 'byte' }),
    minimumBytes: z.number().meta({ title: 'Least device memory', 'x-unit': 'byte' }),
  }),
  sources: [engineLimitsSource, ...occupancySources, keptAt16BitsSource],
  examples: [
    {
      title: 'Llama 3.1 8B in 16 bits; published: 19 GB',
      input: { model: 'meta-llama/Llama-3.1-8B', precision: 'bf16' },
      value: 19,
      tolerance: 0.05,
    },
  ],
  compute(input, facts) {
    const subject = weightsNamedBy(input, facts)
    const model = modelFigures(subject.id, subject.config)
    const limits = leastLimits(input.sequences, input.memoryShare)
    const weights = servedWeights(model, input.precision)
    const occupied = occupancy({ model, weights, layout: oneDevice, limits })
    const cacheBytes =
      input.sequences *
      sequenceBytesPerGpu({
        model,
        layout: oneDevice,
        cacheBytesPerElement: cacheBytesOf(input.kvPrecision),
        contextTokens: input.contextTokens,
        limits,
      })
    const needed = group(
      'what the engine holds',
      'byte',
      sum(
        { name: 'weights in memory', value: occupied.weightBytes, unit: 'byte' },
        { name: 'activation peak', value: occupied.activationBytes, unit: 'byte' },
        { name: 'CUDA graphs', value: occupied.graphBytes, unit: 'byte' },
        { name: 'outside the framework', value: occupied.nonTorchBytes, unit: 'byte' },
        { name: 'KV cache', value: cacheBytes, unit: 'byte' },
      ),
    )
    const minimumBytes = needed.value / input.memoryShare
    return {
      result: { ...occupied, cacheBytes, minimumBytes },
      value: minimumBytes / GB,
      unit: 'GB',
      breakdown: [
        ...sum(needed),
        divideBy({ name: 'share of the memory it may fill', value: input.memoryShare, unit: 'ratio' }),
        divideBy({ name: 'bytes in a GB', value: GB, unit: 'byte' }),
      ],
      assumptions: [
        ...subject.assumptions,
        ...lowerBounds(subject.config, { field: 'weightBytes', parts: modelParts }),
        {
          field: 'gpuCount',
          value: 1,
          unit: 'GPU',
          because:
            'One device of that size; on several, each holds its own activations and what lies outside the framework.',
        },
      ],
    }
  },
})
