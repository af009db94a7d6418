import { type PrecisionId, precisions } from '../precision.ts'
import type { Source } from '../source.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type ModelFigures, parametersPerToken } from './model-figures.ts'

/** The bytes of one model's weights as an engine holds them at one precision. */
export interface ServedWeights {
  /** Everything in memory. */
  readonly residentBytes: number
  /** What every decode step reads, whatever its batch: all but the embedding table and the routed experts. */
  readonly alwaysReadBytes: number
  readonly routedExpertBytes: number
  readonly flopPerToken: number
}

/** What real quantised checkpoints leave at 16 bits. */
export const keptAt16BitsSource: Source = {
  title:
    'Published quantised checkpoints: embeddings, head, router and norms stay at 16 bits; 4-bit mixtures quantise the routed experts only (openai/gpt-oss, Kimi-K2-Thinking quantization_config.ignore / modules_to_not_convert)',
}

const bitsKept = 16

/** Formats whose recipes quantise every tensor that is large, the embedding table too. */
const quantisesEmbedding = (precision: PrecisionId): boolean => /^(i?q\d|tq\d)/.test(precision)

/**
 * Bytes of the weights at a precision, with what stays at 16 bits counted.
 *
 *   residentBytes = Σ parameters of a part × bits of that part / 8
 *
 * Below 8 bits a mixture of experts keeps everything but its routed experts at 16 bits; a dense model quantises
 * its linear layers and keeps embeddings, head and norms.
 */
export function servedWeights(figures: ModelFigures, precision: PrecisionId): ServedWeights {
  const { bitsPerWeight } = precisions[precision]
  const all = quantisesEmbedding(precision)
  const expertsOnly = !all && bitsPerWeight < BITS_PER_BYTE && figures.kind !== 'dense'
  const kept = all ? bitsPerWeight : Math.max(bitsPerWeight, bitsKept)
  const linear = expertsOnly ? kept : bitsPerWeight
  const alwaysReadBytes =
    ((figures.headParameterCount + figures.otherParameterCount) * kept +
      (figures.attentionParameterCount + figures.feedForwardParameterCount) * linear) /
    BITS_PER_BYTE
  const routedExpertBytes = (figures.routedExpertParameterCount * bitsPerWeight) / BITS_PER_BYTE
  return {
    residentBytes: alwaysReadBytes + routedExpertBytes + (figures.idleParameterCount * kept) / BITS_PER_BYTE,
    alwaysReadBytes,
    routedExpertBytes,
    flopPerToken: 2 * parametersPerToken(figures),
  }
}
