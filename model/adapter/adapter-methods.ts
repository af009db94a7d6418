import { architectureOf } from '../architecture/architecture-of.ts'
import { group, product, type Term } from '../breakdown.ts'
import type { Weights } from '../facts.ts'
import type { Source } from '../source.ts'
import { type TensorGroup, tensorCountOf } from '../tensors.ts'
import { targetedLayers } from './adapter-targets.ts'

export const adapterMethods = ['lora', 'qlora', 'dora', 'prefix-tuning', 'prompt-tuning'] as const
export type AdapterMethod = (typeof adapterMethods)[number]

export const methodSources: Readonly<Record<AdapterMethod, Source>> = {
  lora: {
    title: 'LoRA, section 4.1: W + BA with B d×r and A r×k (2021)',
    url: 'https://arxiv.org/abs/2106.09685',
  },
  qlora: {
    title: 'QLoRA, section 3: LoRA over a base in NF4 with double quantization (2023)',
    url: 'https://arxiv.org/abs/2305.14314',
  },
  dora: {
    title: 'DoRA, section 3.2: a magnitude for each output beside LoRA (2024)',
    url: 'https://arxiv.org/abs/2402.09353',
  },
  'prefix-tuning': {
    title: 'Prefix-Tuning, section 4: keys and values of virtual tokens in each layer (2021)',
    url: 'https://arxiv.org/abs/2101.00190',
  },
  'prompt-tuning': {
    title: 'The Power of Scale for Parameter-Efficient Prompt Tuning, section 2 (2021)',
    url: 'https://arxiv.org/abs/2104.08691',
  },
}

interface Asked {
  readonly config: Weights['config']
  readonly method: AdapterMethod
  /** Rank of the low-rank matrices, or virtual tokens for prefix and prompt tuning. */
  readonly rank: number
  readonly targets: string
}

/**
 * The terms that make the parameters an adapter trains.
 *
 *   LoRA, QLoRA    rank × (in + out) for each targeted layer; a fused layer counts once, an expert each
 *   DoRA           that, and out for each layer
 *   prefix tuning  tokens × layers × kvHeads × (d + v)
 *   prompt tuning  tokens × hidden
 */
export function adapterTerms({ config, method, rank, targets }: Asked): readonly Term[] {
  switch (method) {
    case 'prompt-tuning':
      return product(tokens(rank), parameters('embedding width', architectureOf(config).hiddenSize))
    case 'prefix-tuning':
      return [group('keys and values', 'parameter', prefixTerms(config, rank))].map((term) => ({
        ...term,
        operator: 'add',
      }))
    default:
      return targetedLayers(config, targets).map((layer) => ({
        ...group(layer.name, 'parameter', lowRankTerms(layer, rank, method === 'dora')),
        note: layer.component,
        operator: 'add' as const,
      }))
  }
}

const parameters = (name: string, value: number) => ({ name, value, unit: 'parameter' as const })
const tokens = (value: number) => ({ name: 'virtual tokens', value, unit: 'token' as const })

function lowRankTerms(layer: TensorGroup, rank: number, withMagnitude: boolean): Term[] {
  const [out = 1, input = 1] = layer.shape
  return [
    ...product({ name: 'rank', value: rank, unit: 'count' }, parameters('inputs and outputs', input + out)),
    ...(withMagnitude
      ? [{ ...parameters('a magnitude for each output', out), operator: 'add' as const }]
      : []),
    { name: 'layers', value: tensorCountOf(layer), unit: 'count', operator: 'times' },
  ]
}

/** What one virtual token puts into the cache of all layers. */
function prefixTerms(config: Weights['config'], rank: number): Term[] {
  const width = architectureOf(config)
    .layers.flatMap(({ mixers }) => mixers)
    .reduce((sum, { kvHeads, headDim, valueHeadDim }) => sum + kvHeads * (headDim + valueHeadDim), 0)
  return product(tokens(rank), parameters('keys and values of one token', width))
}
