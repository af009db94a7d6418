import type { Weights } from '../facts.ts'
import type { PrecisionId } from '../precision.ts'

/** The precision in which a config says that its files are: what is served where nobody asks for another. */
export function publishedPrecision(config: Weights['config']): PrecisionId {
  const quantisation = config.quantization_config
  if (quantisation === null || typeof quantisation !== 'object') return 'bf16'
  switch (Reflect.get(quantisation, 'quant_method')) {
    case 'mxfp4':
      return 'mxfp4'
    case 'fp8':
      return Reflect.get(quantisation, 'weight_block_size') ? 'fp8-block128' : 'fp8'
    default:
      return 'bf16'
  }
}
