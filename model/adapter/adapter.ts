import { z } from 'zod'
import { evaluate, sum, type Term } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import { checkpointStorage } from '../checkpoint/checkpoint-storage.ts'
import type { Facts, Gpu, Weights } from '../facts.ts'
import { GpuField, gpuOf } from '../gpu-field.ts'
import { ConfigField, NamedModelField, weightsNamedBy } from '../model-field.ts'
import { allParts, lowerBounds } from '../omissions.ts'
import { precisions } from '../precision.ts'
import { invalid } from '../problem.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type AdapterMethod, adapterMethods, adapterTerms, methodSources } from './adapter-methods.ts'
import { allLinear } from './adapter-targets.ts'

/**
 * Weights and gradients at 16 bits, a copy, momentum and variance at 32.
 *
 * @see ZeRO (Rajbhandari et al., 2019), section 3.1
 */
const bytesPerTrainedParameter = 16

/** What vLLM leaves to weights and cache unless told otherwise: gpu_memory_utilization 0.9. */
const usableShare = 0.9

const bytesOf = (config: Weights['config'], format: 'bf16' | 'nf4-dq'): number =>
  checkpointStorage({ config, asked: format }).stored.reduce((total, { bytes }) => total + bytes, 0)

/**
 * Adapters that fit beside one base in a GPU's memory.
 *
 * @throws InputProblem where no source states how much memory the GPU reports.
 */
function adaptersBeside(gpu: Gpu, baseBytes: number, adapterBytes: number): number {
  if (gpu.memoryBytesReported === null) {
    throw invalid(
      'gpu',
      `gpu: no source states the bytes that ${gpu.id} reports, so no adapter can be fitted.`,
    )
  }
  return Math.max(0, Math.floor((gpu.memoryBytesReported * usableShare - baseBytes) / adapterBytes))
}

export const adapter = calculation({
  id: 'adapter',
  title: 'Adapter',
  summary: 'Parameters that LoRA, QLoRA, DoRA, prefix or prompt tuning trains, its file, and its memory',
  formula: 'trainable = Σ rank × (in + out) over the targeted linear layers; DoRA adds out for each',
  input: z.strictObject({
    model: NamedModelField.optional(),
    rank: z.number().int().min(1).max(65_536).meta({
      title: 'Rank',
      description: 'Rank of the low-rank matrices; virtual tokens for prefix and prompt tuning',
      'x-unit': 'count',
    }),
    targets: z
      .string()
      .min(1)
      .max(1000)
      .default(allLinear)
      .meta({
        title: 'Targets',
        description: `Names of linear layers such as q_proj,v_proj, or ${allLinear}; prefix and prompt tuning have none`,
      }),
    method: z
      .enum(adapterMethods)
      .default('lora')
      .meta({ title: 'Method', description: 'Which kind of adapter is trained' }),
    gpu: GpuField.optional(),
    fullyTrained: z.number().int().min(0).max(1e12).default(0).meta({
      title: 'Trained in full',
      description: 'Parameters trained in full beside the adapter, such as a head of labels × hidden size',
      'x-unit': 'parameter',
    }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    trainableParameters: z.number().meta({ title: 'Trainable parameters', 'x-unit': 'parameter' }),
    adapterBytes: z.number().meta({ title: 'File at 16 bits', 'x-unit': 'byte' }),
    adapterBytesFp32: z.number().meta({ title: 'File at 32 bits', 'x-unit': 'byte' }),
    baseBytes: z.number().meta({ title: 'Frozen base in memory', 'x-unit': 'byte' }),
    trainedStateBytes: z
      .number()
      .meta({ title: 'Adapter, its gradients and optimiser states', 'x-unit': 'byte' }),
    trainingMemoryBytes: z.number().meta({ title: 'To train, without activations', 'x-unit': 'byte' }),
    adaptersBesideBase: z
      .number()
      .nullable()
      .meta({ title: 'Adapters that fit beside the base', 'x-unit': 'count' }),
  }),
  sources: [],
  examples: [
    {
      title: 'huggingface/peft, README @5d602fdb',
      input: { model: 'Qwen/Qwen2.5-3B', rank: 16, targets: 'q_proj,v_proj' },
      value: 3_686_400,
    },
    {
      title: 'Llama 3 8B, all linear layers: adapters of public notebooks',
      input: { model: 'meta-llama/Meta-Llama-3-8B', rank: 16 },
      value: 41_943_040,
    },
  ],
  compute({ model, config: pasted, rank, targets, method, gpu, fullyTrained }, facts: Facts) {
    const subject = weightsNamedBy({ model, config: pasted }, facts)
    const { config } = subject
    const breakdown: readonly Term[] = [
      ...adapterTerms({ config, method, rank, targets }),
      ...(fullyTrained === 0 ? [] : sum({ name: 'trained in full', value: fullyTrained, unit: 'parameter' })),
    ]
    const trainableParameters = evaluate(breakdown)
    const baseBytes = bytesOf(config, method === 'qlora' ? 'nf4-dq' : 'bf16')
    const bytesAt = (precision: 'bf16' | 'fp32'): number =>
      (trainableParameters * precisions[precision].bitsPerWeight) / BITS_PER_BYTE
    const trainedStateBytes = trainableParameters * bytesPerTrainedParameter
    return {
      result: {
        trainableParameters,
        adapterBytes: bytesAt('bf16'),
        adapterBytesFp32: bytesAt('fp32'),
        baseBytes,
        trainedStateBytes,
        trainingMemoryBytes: baseBytes + trainedStateBytes,
        adaptersBesideBase:
          gpu === undefined ? null : adaptersBeside(gpuOf(gpu, facts), baseBytes, bytesAt('bf16')),
      },
      value: trainableParameters,
      unit: 'parameter',
      breakdown,
      assumptions: [
        ...subject.assumptions,
        ...lowerBounds(config, { field: 'baseBytes', parts: allParts }),
        ...assumptionsOf(method, gpu),
      ],
      sources: [
        methodSources[method],
        {
          title: 'ZeRO, section 3.1: 16 bytes for each trained parameter with Adam (2019)',
          url: 'https://arxiv.org/abs/1910.02054',
        },
      ],
    }
  },
})

function assumptionsOf(method: AdapterMethod, gpu: string | undefined): Assumption[] {
  const stated = (field: string, value: unknown, because: string): Assumption => ({
    field,
    value,
    unit: null,
    because,
  })
  return [
    stated(
      'baseBytes',
      method === 'qlora' ? 'nf4-dq' : 'bf16',
      method === 'qlora'
        ? 'The frozen base is held in NF4 with double quantization, its embedding and head at 16 bits.'
        : 'The frozen base is held at 16 bits.',
    ),
    stated(
      'trainingMemoryBytes',
      bytesPerTrainedParameter,
      'Bytes for each trained parameter with Adam; activations come on top, which training counts for a batch.',
    ),
    gpu === undefined
      ? stated('adaptersBesideBase', null, 'Name a gpu to learn how many adapters fit beside the base.')
      : stated(
          'adaptersBesideBase',
          usableShare,
          'Share of the GPU that is filled; no cache is left room for.',
        ),
  ]
}
