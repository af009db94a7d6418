import type { HeaderTensor } from './tensor.ts'

/** What a stored tensor is to a count of parameters. */
export type TensorRole =
  /** Learned weights, so many to a stored element: 1, or more where several are packed into an integer. */
  | { readonly kind: 'parameters'; readonly perElement: number; readonly packing: string | null }
  /** Block scales, zero points and other state of a quantisation: never parameters. */
  | { readonly kind: 'scales' }
  /** Integer tables and masks: stored, not learned. */
  | { readonly kind: 'buffers' }

/** Widths that a model's config states, and a header alone does not. */
export interface PackedWidths {
  /** Bits of a weight packed into 32-bit integers (GPTQ, AWQ, compressed-tensors). */
  readonly packedBits: number
  /** Bits of a routed expert's weight that is stored in 8-bit integers; 8 is one for each byte. */
  readonly expertBits: number
}

const scaleSuffixes = [
  'scale',
  'scales',
  'scale_inv',
  'weight_scale',
  'weight_scale_inv',
  'weight_scale_2',
  'weight_global_scale',
  'input_scale',
  'input_global_scale',
  'zeros',
  'qzeros',
  'zero_point',
  'weight_zero_point',
  'g_idx',
  'weight_g_idx',
  'weight_shape',
  'absmax',
  'nested_absmax',
  'quant_map',
  'nested_quant_map',
  'SCB',
  'weight_format',
]

const bitsOfContainer: Readonly<Record<string, number>> = { U8: 8, I8: 8, I32: 32, U32: 32 }

/**
 * The role of one tensor of a safetensors file, by its name and dtype: the conventions of the writers of quantised
 * files. Every tensor of a floating type that none of them claims is parameters, one for each element.
 *
 * @see huggingface/huggingface.js, packages/hub/src/lib/parse-safetensors-metadata.spec.ts @fe42e680
 */
export function roleOf({ name, dtype }: HeaderTensor, { packedBits, expertBits }: PackedWidths): TensorRole {
  const suffix = name.slice(name.lastIndexOf('.') + 1)
  if (dtype === 'F8_E8M0' || isScale(name, suffix)) return { kind: 'scales' }
  const container = bitsOfContainer[dtype]
  if (container === undefined) {
    return /^[IUB]\d*|^BOOL$/.test(dtype) && dtype !== 'BF16' ? { kind: 'buffers' } : one
  }
  if (suffix === 'qweight' || suffix === 'weight_packed') return packed(container, packedBits)
  if (suffix.endsWith('_blocks')) return packed(container, 4)
  if (suffix !== 'weight') return { kind: 'buffers' }
  if (dtype === 'U8') return packed(container, 4)
  if (dtype === 'I8') return isRoutedExpert(name) ? packed(container, expertBits) : one
  return { kind: 'buffers' }
}

const one: TensorRole = { kind: 'parameters', perElement: 1, packing: null }

/** The exact ratio: three-bit weights lie 32 to 3 words, not 10 to a word. */
const packed = (container: number, bits: number): TensorRole =>
  bits >= container
    ? one
    : {
        kind: 'parameters',
        perElement: container / bits,
        packing: `${bits} bits in ${container}-bit integers`,
      }

const isScale = (name: string, suffix: string): boolean =>
  scaleSuffixes.includes(suffix) || suffix.endsWith('_scales') || name.includes('.quant_state.')

const isRoutedExpert = (name: string): boolean => /\bexperts\.\d+\./.test(name)
