import { publishedFormat } from '../checkpoint/quantisation-config.ts'
import type { Weights } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'
import { InputProblem, invalid } from '../problem.ts'

/** What is served where nobody asks for another precision, and why that. */
interface PublishedPrecision {
  readonly precision: PrecisionId
  readonly because: string
}

/**
 * The precision in which a config says that its files are. Engines serve what is published in 32 bits at 16.
 *
 * @throws InputProblem for a quantisation that mixes formats without saying where, so that none can be assumed.
 */
export function publishedPrecision(config: Weights['config']): PublishedPrecision {
  const format = formatOf(config)
  switch (format) {
    case null:
      return {
        precision: 'bf16',
        because: 'default: 16 bits, since the config does not say how the weights are published',
      }
    case 'fp32':
      return { precision: 'bf16', because: 'default: published in fp32, which engines serve at 16 bits' }
    case 'fp8-per-channel':
      return { precision: 'fp8', because: stated }
    default:
      return { precision: format, because: stated }
  }
}

const stated = 'default: as its config says the weights are published'

function formatOf(config: Weights['config']) {
  // DeepSeek-V4 says fp8 and packs its experts tighter; what it says is what its other layers are served in.
  if (config.model_type === 'deepseek_v4') return 'fp8-block128'
  try {
    return publishedFormat(config)?.format ?? null
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error
    throw invalid(
      'precision',
      'precision is missing, and the config does not say in one format how the weights are published; name one such as bf16 or int4.',
    )
  }
}
