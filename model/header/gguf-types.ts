import { type Precision, precisions } from '../precision.ts'
import { BITS_PER_BYTE } from '../units.ts'

/** How ggml stores one kind of tensor: so many bytes for a block of so many weights. */
export interface GgufType {
  readonly name: string
  readonly blockWeights: number
  readonly blockBytes: number
}

const plain = (name: string, bits: number): GgufType => ({
  name,
  blockWeights: 1,
  blockBytes: bits / BITS_PER_BYTE,
})

const block = (name: string, { block: size }: Precision): GgufType => {
  if (!size) throw new Error(`${name} has no block.`)
  return { name, blockWeights: size.weights, blockBytes: size.bytes }
}

/**
 * Tensor types by their number in a file. Numbers that are missing here were removed from ggml, or are newer than
 * this list; a file that uses one is refused by name.
 *
 * @see ggml-org/llama.cpp, ggml/include/ggml.h, enum ggml_type; block sizes as in model/precision.ts
 */
export const ggufTypes: ReadonlyMap<number, GgufType> = new Map([
  [0, plain('F32', 32)],
  [1, plain('F16', 16)],
  [2, block('Q4_0', precisions.q4_0)],
  [3, block('Q4_1', precisions.q4_1)],
  [6, block('Q5_0', precisions.q5_0)],
  [7, block('Q5_1', precisions.q5_1)],
  [8, block('Q8_0', precisions.q8_0)],
  [9, block('Q8_1', precisions.q8_1)],
  [10, block('Q2_K', precisions.q2_k)],
  [11, block('Q3_K', precisions.q3_k)],
  [12, block('Q4_K', precisions.q4_k)],
  [13, block('Q5_K', precisions.q5_k)],
  [14, block('Q6_K', precisions.q6_k)],
  [15, block('Q8_K', precisions.q8_k)],
  [16, block('IQ2_XXS', precisions.iq2_xxs)],
  [17, block('IQ2_XS', precisions.iq2_xs)],
  [18, block('IQ3_XXS', precisions.iq3_xxs)],
  [19, block('IQ1_S', precisions.iq1_s)],
  [20, block('IQ4_NL', precisions.iq4_nl)],
  [21, block('IQ3_S', precisions.iq3_s)],
  [22, block('IQ2_S', precisions.iq2_s)],
  [23, block('IQ4_XS', precisions.iq4_xs)],
  [24, plain('I8', 8)],
  [25, plain('I16', 16)],
  [26, plain('I32', 32)],
  [27, plain('I64', 64)],
  [28, plain('F64', 64)],
  [29, block('IQ1_M', precisions.iq1_m)],
  [30, plain('BF16', 16)],
  [34, block('TQ1_0', precisions.tq1_0)],
  [35, block('TQ2_0', precisions.tq2_0)],
  [39, { name: 'MXFP4', blockWeights: 32, blockBytes: 17 }],
])
