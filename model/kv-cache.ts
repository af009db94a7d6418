import { z } from 'zod'
import { type Architecture, architectureOf } from './architecture/architecture-of.ts'
import { divideBy, group, product, sum, type Term, times } from './breakdown.ts'
import {
  bitsOf,
  bytesPerToken,
  type CacheBound,
  type CacheGroup,
  type CacheRequest,
  cacheBytes,
  cacheGroups,
  entriesKept,
  stateElements,
} from './cache-size.ts'
import { type Assumption, calculation } from './calculation.ts'
import { ConfigField, NamedModelField, weightsNamedBy } from './model-field.ts'
import { type PrecisionId, precisionAliases, precisions } from './precision.ts'
import { invalid } from './problem.ts'
import { BITS_PER_BYTE, BYTES_PER_MEMORY_UNIT, memoryUnits } from './units.ts'

const cachePrecisions = [
  'bf16',
  'fp16',
  'fp32',
  'fp8',
  'int8',
  'mxfp8',
  'int4',
  'fp4',
  'nvfp4',
  'mxfp4',
  'q8_0',
  'q5_1',
  'q5_0',
  'q4_1',
  'q4_0',
  'iq4_nl',
] as const satisfies readonly PrecisionId[]

const cacheAliases = Object.fromEntries(
  Object.entries(precisionAliases).filter(([, id]) => cachePrecisions.some((precision) => precision === id)),
)

/** Engines keep the state of recurrent layers in 32 bits unless told otherwise. */
const stateBitsPerElement = precisions.fp32.bitsPerWeight

const bytes = (title: string, description: string) =>
  z.number().meta({ title, description, 'x-unit': 'byte' })

/** Keys, values and latents of the tokens that a model has seen. */
export const kvCache = calculation({
  id: 'kv-cache',
  title: 'KV cache',
  summary: 'Memory for the keys and values of the tokens in context',
  formula:
    'kvCache = Σ over layers of elements for each entry × entries kept × bits / 8 × sequences; a layer with a window keeps min(context, window) entries',
  input: z.strictObject({
    model: NamedModelField.optional(),
    contextTokens: z.number().int().min(1).max(1e9).meta({
      title: 'Context',
      description: 'Tokens of one sequence, prompt and answer together',
      'x-unit': 'token',
    }),
    sequences: z
      .number()
      .int()
      .min(1)
      .max(1e6)
      .default(1)
      .meta({ title: 'Sequences', description: 'Sequences held at once', 'x-unit': 'sequence' }),
    precision: z.enum(cachePrecisions).default('bf16').meta({
      title: 'Cache precision',
      description: "How the cache is stored; a server's choice, apart from the precision of the weights",
      'x-aliases': cacheAliases,
    }),
    unit: z
      .enum(memoryUnits)
      .default('GB')
      .meta({ title: 'Unit', description: 'Unit of the answer: GB is 10^9 bytes, GiB 2^30' }),
    tensorParallel: z.number().int().min(1).max(1024).default(1).meta({
      title: 'Tensor parallelism',
      description: 'GPUs that divide the heads; fewer key-value heads than GPUs are copied',
      'x-unit': 'GPU',
    }),
    maxBatchedTokens: z.number().int().min(1).max(1e7).default(8192).meta({
      title: 'Tokens of one step',
      description: 'What an engine reserves behind a window: max_num_batched_tokens',
      'x-unit': 'token',
    }),
    blockTokens: z.number().int().min(1).max(1e5).default(16).meta({
      title: 'Block',
      description: 'Tokens that an engine reserves at once; a latent cache comes in blocks of 64',
      'x-unit': 'token',
    }),
    crossTokens: z.number().int().min(0).max(1e9).default(0).meta({
      title: 'Image or encoder tokens',
      description: 'Tokens that cross-attention layers keep: of an image, or of the text an encoder read',
      'x-unit': 'token',
    }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    bytesPerToken: z.number().meta({
      title: 'For each token',
      description: 'What one more token of a long sequence adds',
      'x-unit': 'byte/token',
    }),
    lowerBoundBytes: bytes('Lower bound', 'Each layer keeps what it can still look at, not an entry more'),
    engineReservedBytes: bytes(
      'Reserved by an engine',
      'Whole blocks, and a window that a step still fits into',
    ),
    withoutWindowsBytes: bytes('Without windows', 'An engine that keeps every token in every layer'),
    recurrentStateBytes: bytes('Recurrent state', 'Beside the cache, whatever the length: in 32 bits'),
    lowerBoundBytesPerGpu: bytes('Lower bound on each GPU', 'On each GPU of the tensor-parallel group'),
    engineReservedBytesPerGpu: bytes('Reserved on each GPU', 'On each GPU of the tensor-parallel group'),
    copies: z.number().nullable().meta({
      title: 'Copies',
      description: 'How often the tensor-parallel group holds the cache; null where there is none',
      'x-unit': 'count',
    }),
  }),
  sources: [
    {
      title: 'DeepSeek-V2, table 1: cache of MHA, GQA, MQA and MLA (2024)',
      url: 'https://arxiv.org/abs/2405.04434',
    },
    {
      title: 'vLLM, vllm/v1/kv_cache_interface.py: FullAttentionSpec, SlidingWindowSpec, MLAAttentionSpec',
      url: 'https://github.com/vllm-project/vllm/blob/main/vllm/v1/kv_cache_interface.py',
    },
  ],
  examples: [
    {
      input: { model: 'deepseek-ai/DeepSeek-V3', contextTokens: 10_000, unit: 'GiB' },
      value: 0.65446,
      tolerance: 1e-5,
    },
    {
      title: 'In 8-bit blocks',
      input: { model: 'Qwen/Qwen3-32B', contextTokens: 16_896, precision: 'q8_0', unit: 'MiB' },
      value: 2244,
    },
  ],
  compute(input, facts) {
    const { contextTokens, sequences, precision, unit } = input
    const subject = weightsNamedBy(input, facts)
    const architecture = architectureOf(subject.config)
    dividesHeads(architecture, input.tensorParallel)
    const groups = cacheGroups(architecture)
    const request: CacheRequest = { ...input, bitsPerElement: precisions[precision].bitsPerWeight }
    const single = { ...request, tensorParallel: 1 }
    const all = (of: CacheRequest, bound: CacheBound) => sequences * cacheBytes(groups, of, bound)
    const lowerBoundBytes = all(single, 'lower')
    const lowerBoundBytesPerGpu = all(request, 'lower')
    return {
      result: {
        bytesPerToken: bytesPerToken(groups, request.bitsPerElement),
        lowerBoundBytes,
        engineReservedBytes: all(single, 'engine'),
        withoutWindowsBytes: all(single, 'no windows'),
        recurrentStateBytes: (sequences * stateElements(architecture) * stateBitsPerElement) / BITS_PER_BYTE,
        lowerBoundBytesPerGpu,
        engineReservedBytesPerGpu: all(request, 'engine'),
        copies:
          lowerBoundBytes === 0 ? null : (lowerBoundBytesPerGpu * request.tensorParallel) / lowerBoundBytes,
      },
      value: lowerBoundBytes / BYTES_PER_MEMORY_UNIT[unit],
      unit: unit === 'bytes' ? 'byte' : unit,
      breakdown: [
        ...sum(group('cache of one sequence', 'byte', sequenceTerms(groups, single))),
        times({ name: 'sequences', value: sequences, unit: 'sequence' }),
        divideBy({
          name: `bytes in a ${unit === 'bytes' ? 'byte' : unit}`,
          value: BYTES_PER_MEMORY_UNIT[unit],
          unit: 'byte',
        }),
      ],
      assumptions: [...subject.assumptions, ...assumptionsOf({ architecture, groups, contextTokens })],
      sources: [
        precisions[precision].source,
        ...(subject.weights ? [{ title: `${subject.weights.id}: ${subject.weights.source}` }] : []),
      ],
    }
  },
})

/** One term for each form of cache: layers × elements × entries × bits / 8. */
function sequenceTerms(groups: readonly CacheGroup[], request: CacheRequest): Term[] {
  if (groups.length === 0) return sum({ name: 'the model keeps no cache', value: 0, unit: 'byte' })
  return sum(
    ...groups.map(({ entry, count }) => {
      const { what, window, tokens, tokensPerEntry } = entry
      const kept =
        window === null
          ? tokensPerEntry === 1
            ? 'every token'
            : `one entry for ${tokensPerEntry} tokens`
          : `the last ${window} tokens`
      return group(`${what}, ${tokens === 'sequence' ? kept : `${tokens} tokens`}`, 'byte', [
        ...product(
          { name: 'layers', value: count, unit: 'layer' },
          { name: 'elements of an entry', value: entry.elements, unit: 'element' },
          { name: 'entries kept', value: entriesKept({ entry, request, bound: 'lower' }), unit: 'token' },
          { name: 'bits of an element', value: bitsOf(entry, request.bitsPerElement), unit: 'bit/weight' },
        ),
        divideBy({ name: 'bits in a byte', value: BITS_PER_BYTE, unit: 'count' }),
      ])
    }),
  )
}

/** @throws InputProblem for a group whose GPUs cannot share the heads evenly. */
function dividesHeads({ layers }: Architecture, tensorParallel: number): void {
  const attending = layers.flatMap(({ mixers }) => mixers.filter(({ cache }) => cache.length > 0))
  const uneven = attending.find(
    ({ heads, kvHeads }) =>
      heads % tensorParallel !== 0 || (kvHeads % tensorParallel !== 0 && tensorParallel % kvHeads !== 0),
  )
  if (!uneven) return
  throw invalid(
    'tensorParallel',
    `tensorParallel: ${tensorParallel} GPUs cannot share ${uneven.heads} attention heads and ${uneven.kvHeads} key-value heads evenly; a divisor of both, or a multiple of the latter that divides the former, is accepted.`,
  )
}

function assumptionsOf({
  architecture,
  groups,
  contextTokens,
}: {
  architecture: Architecture
  groups: readonly CacheGroup[]
  contextTokens: number
}): Assumption[] {
  const { maxContextTokens, layers } = architecture
  const said = (field: string, because: string): Assumption => ({ field, value: null, unit: null, because })
  return [
    ...(maxContextTokens !== null && contextTokens > maxContextTokens
      ? [
          {
            field: 'contextTokens',
            value: maxContextTokens,
            unit: 'token' as const,
            because: `The config states at most ${maxContextTokens} tokens; the arithmetic goes on beyond them.`,
          },
        ]
      : []),
    ...(groups.some(({ entry }) => entry.bits !== null)
      ? [
          said(
            'precision',
            'Index keys are counted in the 8 bits that engines keep them in, without their scales.',
          ),
        ]
      : []),
    ...(layers.some(({ mixers }) => mixers.some((mixer) => mixer.stateElements > 0))
      ? [
          said(
            'recurrentStateBytes',
            'Recurrent state is not part of the value: it does not grow with the context.',
          ),
        ]
      : []),
    ...(groups.some(({ entry }) => entry.tokens !== 'sequence')
      ? [
          said(
            'crossTokens',
            'Cross-attention layers keep image or encoder tokens: as many as crossTokens says.',
          ),
        ]
      : []),
  ]
}
