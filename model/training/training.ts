import { z } from 'zod'
import { allLinear } from '../adapter/adapter-targets.ts'
import { evaluate } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import { ConfigField, ModelField, subjectOf } from '../model-field.ts'
import { allParts, lowerBounds } from '../omissions.ts'
import { recomputations } from './activations.ts'
import { utilisationSource, utilisationSpread } from './mfu-spread.ts'
import { optimiserIds, optimiserSources, optimisers } from './optimisers.ts'
import {
  ArithmeticField,
  peakOf,
  SequenceField,
  TokensField,
  TrainingGpuField,
  tokensOf,
  UtilisationField,
} from './training-fields.ts'
import { hourTerms, runAssumptions } from './training-hours.ts'
import { trainingMemory } from './training-memory.ts'

const bytes = (title: string) => z.number().meta({ title, 'x-unit': 'byte' })

export const training = calculation({
  id: 'training',
  title: 'Training',
  summary: 'GPU hours of a training run from its tokens, its operations, and the memory that one GPU needs',
  formula: 'gpuHours = (6 × activeParameters + attention) × tokens / (peak × mfu × 3600)',
  input: z.strictObject({
    model: ModelField.optional(),
    tokens: TokensField.optional(),
    gpu: TrainingGpuField,
    mfu: UtilisationField.optional(),
    sequenceTokens: SequenceField,
    arithmetic: ArithmeticField,
    gpuCount: z.number().int().min(1).max(1e6).default(1).meta({
      title: 'GPUs',
      description: 'GPUs that ZeRO divides the states over',
      'x-unit': 'GPU',
    }),
    microBatch: z.number().int().min(1).max(1e6).default(1).meta({
      title: 'Micro-batch',
      description: 'Sequences that one GPU runs at a time',
      'x-unit': 'sequence',
    }),
    optimiser: z.enum(optimiserIds).default('adam-mixed').meta({
      title: 'Optimiser',
      description: 'What is kept of each trained parameter',
    }),
    zeroStage: z.number().int().min(0).max(3).default(0).meta({
      title: 'ZeRO stage',
      description: '1 divides optimiser states, 2 gradients too, 3 weights as well',
      'x-unit': 'count',
    }),
    recompute: z.enum(recomputations).default('selective').meta({
      title: 'Recomputation',
      description:
        'none keeps the scores of attention, selective (and FlashAttention) does not, full keeps the input of each layer',
    }),
    method: z.enum(['full', 'lora']).default('full').meta({
      title: 'Method',
      description: 'All weights, or a low-rank adapter over a frozen base',
    }),
    rank: z.number().int().min(1).max(65_536).default(16).meta({
      title: 'Rank',
      description: 'Rank of the adapter',
      'x-unit': 'count',
    }),
    targets: z.string().min(1).max(1000).default(allLinear).meta({
      title: 'Targets',
      description: 'Layers that the adapter is put on',
    }),
    baseFormat: z.enum(['bf16', 'fp32', 'nf4', 'nf4-dq']).default('bf16').meta({
      title: 'Base',
      description: 'What the frozen base of an adapter is held in; nf4-dq is QLoRA',
    }),
    chunkedLoss: z.boolean().default(false).meta({
      title: 'Chunked loss',
      description:
        'The loss is taken over pieces of the sequence, so its logits take no memory worth counting',
    }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    gpuHours: z.number().meta({ title: 'GPU hours', 'x-unit': 'GPU hour' }),
    flop: z.number().meta({ title: 'Operations', 'x-unit': 'FLOP' }),
    utilisation: z.number().meta({ title: 'Utilisation', 'x-unit': 'ratio' }),
    memory: z
      .strictObject({
        trainedParameters: z.number().meta({ title: 'Trained parameters', 'x-unit': 'parameter' }),
        baseBytes: bytes('Frozen base'),
        weightBytes: bytes('Trained weights'),
        gradientBytes: bytes('Gradients'),
        optimiserBytes: bytes('Optimiser states'),
        activationBytes: bytes('Activations'),
        logitBytes: bytes('Logits and loss'),
        totalBytes: bytes('Memory of one GPU'),
      })
      .nullable(),
  }),
  sources: [],
  examples: [
    {
      title: 'PLaMo-13B: 1.17e23 operations (Epoch @263c40a1) at the whole peak of a GPU',
      input: { model: 13e9, tokens: 1.5e12, gpu: 'b200-sxm-180gb', mfu: 1 },
      value: 1.17e23 / (2.25e15 * 3600),
    },
    {
      title: 'Llama 3.1 405B: 30.84 million H100 hours (model card @a9c89c47) are 0.35 of the peak',
      input: { model: 'meta-llama/Llama-3.1-405B', tokens: 15.6e12, gpu: 'h100-sxm-80gb', mfu: 0.35 },
      value: 30.84e6,
      tolerance: 0.05,
    },
  ],
  compute({ model, config, tokens, gpu: gpuId, mfu, arithmetic, ...run }, facts) {
    const subject = subjectOf({ model, config }, facts)
    const { gpu, flopPerSecond } = peakOf(gpuId, arithmetic, facts)
    const utilisation = mfu ?? utilisationSpread.p50
    const { sequenceTokens } = run
    const hours = { subject, tokens: tokensOf(tokens), sequenceTokens, flopPerSecond }
    const terms = hourTerms({ ...hours, utilisation })
    const gpuHours = evaluate(terms)
    const memory = subject.kind === 'count' ? null : trainingMemory({ ...run, config: subject.config })
    return {
      result: { gpuHours, flop: terms[0]?.value ?? 0, utilisation, memory },
      value: gpuHours,
      unit: 'GPU hour',
      breakdown: terms,
      interval:
        mfu === undefined
          ? {
              p10: evaluate(hourTerms({ ...hours, utilisation: utilisationSpread.p90 })),
              p50: gpuHours,
              p90: evaluate(hourTerms({ ...hours, utilisation: utilisationSpread.p10 })),
            }
          : null,
      assumptions: [
        ...runAssumptions(mfu, subject),
        ...(subject.kind === 'count'
          ? []
          : lowerBounds(subject.config, {
              field: 'memory',
              parts: run.method === 'full' ? ['attention'] : allParts,
            })),
        ...(mfu === undefined
          ? []
          : [
              {
                field: 'interval',
                value: null,
                unit: null,
                because: 'The utilisation was given, so no published spread applies.',
              },
            ]),
        {
          field: 'memory',
          value: memory === null ? null : run.optimiser,
          unit: null,
          because:
            memory === null
              ? 'A parameter count does not say how wide each layer is, so activations cannot be counted; give a model id or a config.'
              : `Each trained parameter: ${optimisers[run.optimiser].what}. Fragmentation and the runtime's own memory are not in it.`,
        },
      ],
      sources: [
        {
          title:
            'Scaling Laws for Neural Language Models, section 2.1: 6 operations for each parameter and token (2020)',
          url: 'https://arxiv.org/abs/2001.08361',
        },
        {
          title: 'Reducing Activation Recomputation in Large Transformer Models, sections 4 and 5 (2022)',
          url: 'https://arxiv.org/abs/2205.05198',
        },
        ...optimiserSources(run.optimiser),
        ...(mfu === undefined ? [utilisationSource] : []),
        { title: `${gpu.name}: ${gpu.source}`, date: gpu.checkedOn },
      ],
    }
  },
})
