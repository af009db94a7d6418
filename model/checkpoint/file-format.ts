import { type PrecisionId, precisions } from '../precision.ts'
import type { Source } from '../source.ts'
import { BITS_PER_BYTE } from '../units.ts'

/** A format that safetensors files keep their linear layers in. */
export interface FileFormat {
  /** In words, for a reader of the breakdown. */
  readonly name: string
  /** Bytes of one linear layer of `out × in` weights, its scales included. */
  readonly linearBytes: (shape: LinearShape) => number
  /** Which layers it is used for: all linear ones, or the routed experts where a model has any. */
  readonly scope: 'linears' | 'experts'
  readonly source: Source
}

interface LinearShape {
  readonly out: number
  readonly in: number
}

const bytes = (bits: number): number => bits / BITS_PER_BYTE

/** Scales for a whole row of the layer, or for all of it. */
const coarse = (
  id: PrecisionId,
  name: string,
  weightBits: number,
  scaleBits: number,
  per: 'row' | 'tensor',
): FileFormat => ({
  name,
  linearBytes: ({ out, in: input }) =>
    bytes(weightBits * out * input + scaleBits * (per === 'row' ? out : 1)),
  scope: 'linears',
  source: precisions[id].source,
})

/** Scales for each group along a row; a last, shorter group has its own. */
const grouped = (id: PrecisionId, scope: FileFormat['scope'] = 'linears', tensorBytes = 0): FileFormat => {
  const { group, source, scales } = precisions[id]
  if (!group) throw new Error(`${id} has no groups.`)
  const { weightBits, scaleBits, weights } = group
  return {
    name: `${id}, ${scales}`,
    linearBytes: ({ out, in: input }) =>
      bytes(out * (weightBits * input + scaleBits * Math.ceil(input / weights))) + tensorBytes,
    scope,
    source,
  }
}

/** Scales for square blocks; a block at the edge has its own. */
const squareBlocks = (id: PrecisionId, side: number, scaleBits: number): FileFormat => ({
  name: `${id}, ${precisions[id].scales}`,
  linearBytes: ({ out, in: input }) =>
    out * input + bytes(scaleBits) * Math.ceil(out / side) * Math.ceil(input / side),
  scope: 'linears',
  source: precisions[id].source,
})

/**
 * What bitsandbytes writes beside each layer: the maps of its codes (16 and 256 fp32 values) and a JSON text of
 * about 172 bytes that names shape, dtype and block sizes.
 *
 * @see bitsandbytes, functional.py, QuantState.as_dict
 */
const bitsandbytesState = { nf4: 16 * 4 + 100, 'nf4-dq': 16 * 4 + 256 * 4 + 172 }

/** Groups that run on over the ends of rows, as bitsandbytes and HQQ count them. */
const flatGroups = (id: PrecisionId, stateBytes: number): FileFormat => {
  const { bitsPerWeight, source, scales } = precisions[id]
  return {
    name: `${id}, ${scales}`,
    linearBytes: ({ out, in: input }) => bytes(bitsPerWeight * out * input) + stateBytes,
    scope: 'linears',
    source,
  }
}

/** Formats of safetensors files whose layout is known. GGUF recipes stand in gguf-recipe.ts. */
export const fileFormats = {
  fp8: coarse('fp8', 'fp8, fp32 scale for each tensor', 8, 32, 'tensor'),
  'fp8-per-channel': coarse('fp8', 'fp8, bf16 scale for each output row', 8, 16, 'row'),
  'fp8-block128': squareBlocks('fp8-block128', 128, 32),
  mxfp8: grouped('mxfp8'),
  int8: coarse('int8', 'int8, fp32 scale for each output row', 8, 32, 'row'),
  int4: coarse('int4', 'int4, 16-bit scale for each output row', 4, 16, 'row'),
  'gptq-g128': grouped('gptq-g128'),
  'gptq-g128-asym': grouped('gptq-g128-asym'),
  'awq-g128': grouped('awq-g128'),
  'int4-g64': grouped('int4-g64'),
  'int4-g32': grouped('int4-g32'),
  'int3-g128': grouped('int3-g128'),
  nf4: flatGroups('nf4', bitsandbytesState.nf4),
  'nf4-dq': flatGroups('nf4-dq', bitsandbytesState['nf4-dq']),
  'hqq-4bit-g64': flatGroups('hqq-4bit-g64', 0),
  mxfp4: grouped('mxfp4', 'experts'),
  nvfp4: grouped('nvfp4', 'linears', 4),
} as const satisfies Record<string, FileFormat>

export type FileFormatId = keyof typeof fileFormats
