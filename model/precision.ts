import { z } from 'zod'
import type { PeakFormat } from './facts.ts'
import type { Source } from './source.ts'

const ggml: Source = {
  title: 'Block layout of ggml tensor types: gpustack/gguf-parser-go ggml.go @8dc7a622',
  url: 'https://github.com/gpustack/gguf-parser-go/blob/8dc7a622/ggml.go',
}
const mx: Source = {
  title: 'OCP Microscaling Formats (MX) Specification v1.0 (2023), table 1: one E8M0 scale for 32 elements',
  url: 'https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf',
}
const ieee: Source = { title: 'IEEE 754-2019 section 3.6; bfloat16 as in its first 16 bits' }
const fp8: Source = {
  title: 'FP8 Formats for Deep Learning, section 3 (2022)',
  url: 'https://arxiv.org/abs/2209.05433',
}
const nominal: Source = { title: 'The bits in the name; block scales are formats of their own' }
const gptq: Source = { title: 'GPTQ, section 4, grouping (2022)', url: 'https://arxiv.org/abs/2210.17323' }
const awq: Source = {
  title: 'AWQ, section 4: group size 128 (2023)',
  url: 'https://arxiv.org/abs/2306.00978',
}
const qlora: Source = {
  title: 'QLoRA, section 3: double quantization (2023)',
  url: 'https://arxiv.org/abs/2305.14314',
}
const hqq: Source = {
  title: 'Half-Quadratic Quantization of Large Machine Learning Models (Mobius Labs, 2023)',
}
const deepseek: Source = {
  title: 'DeepSeek-V3 Technical Report, section 3.3.2: 128×128 blocks for weights (2024)',
  url: 'https://arxiv.org/abs/2412.19437',
}
const bitnet: Source = {
  title: 'The Era of 1-bit LLMs (2024); packed as 2 bits in its checkpoints',
  url: 'https://arxiv.org/abs/2402.17764',
}
const nvfp4: Source = {
  title: 'Pretraining Large Language Models with NVFP4, section 2: one E4M3 scale for 16 elements (2025)',
  url: 'https://arxiv.org/abs/2509.25149',
}

/** How each parameter is stored. */
export interface Precision {
  /** Bits one weight takes, block scales included; scales for a whole row or tensor are too few to count. */
  readonly bitsPerWeight: number
  /** How the scales lie, in words. */
  readonly scales: string
  /** The peak that the multiplication runs at where the hardware has the format; null where it is never native. */
  readonly arithmetic: PeakFormat | null
  /** For a format whose scales lie inside its blocks: so many bytes for so many weights. */
  readonly block?: { readonly weights: number; readonly bytes: number }
  /** For a format with scales beside its weights: bits of a weight, bits beside a group, and the group's size. */
  readonly group?: { readonly weightBits: number; readonly scaleBits: number; readonly weights: number }
  readonly source: Source
}

const float = (bits: number, arithmetic: PeakFormat | null, source = ieee): Precision => ({
  bitsPerWeight: bits,
  scales: 'none',
  arithmetic,
  source,
})

/** Scale and zero bits spread over a group: `bits + scaleBits / groupSize`. */
const grouped = (
  bits: number,
  scaleBits: number,
  groupSize: number,
  scales: string,
  source: Source,
  arithmetic: PeakFormat | null = null,
): Precision => ({
  bitsPerWeight: bits + scaleBits / groupSize,
  scales,
  arithmetic,
  group: { weightBits: bits, scaleBits, weights: groupSize },
  source,
})

/** A ggml tensor type: so many bytes for a block of so many weights, scales inside the block. */
const ggmlBlock = (bytes: number, weights: number): Precision => ({
  bitsPerWeight: (bytes * 8) / weights,
  scales: `block of ${weights} weights in ${bytes} bytes`,
  arithmetic: null,
  block: { weights, bytes },
  source: ggml,
})

/**
 * Number formats and the bits one weight takes in them. A bare `int4` is nominal, 4 bits exactly; formats with
 * block scales have names of their own.
 */
export const precisions = {
  fp32: float(32, 'fp32'),
  bf16: float(16, 'bf16'),
  fp16: float(16, 'fp16'),
  fp8: float(8, 'fp8', fp8),
  'fp8-block128': grouped(8, 32, 128 * 128, 'fp32 for each block of 128×128', deepseek, 'fp8'),
  mxfp8: grouped(8, 8, 32, 'e8m0 for each 32', mx, 'fp8'),
  int8: float(8, 'int8', nominal),
  // Blackwell runs it at the rate of 8 bits (CUTLASS, kind mxf8f6f4); CDNA4 faster than that.
  mxfp6: grouped(6, 8, 32, 'e8m0 for each 32', mx, 'fp8'),
  int4: float(4, null, nominal),
  fp4: float(4, 'fp4', nominal),
  mxfp4: grouped(4, 8, 32, 'e8m0 for each 32', mx, 'fp4'),
  nvfp4: grouped(4, 8, 16, 'e4m3 for each 16, fp32 for each tensor', nvfp4, 'fp4'),
  nf4: grouped(4, 32, 64, 'fp32 absmax for each 64', qlora),
  'nf4-dq': { ...grouped(4, 8 + 32 / 256, 64, 'int8 absmax for each 64, fp32 for each 256 of those', qlora) },
  'gptq-g128': grouped(4, 16, 128, 'fp16 scale for each 128, symmetric', gptq),
  'gptq-g128-asym': grouped(4, 16 + 4, 128, 'fp16 scale and 4-bit zero for each 128', gptq),
  'awq-g128': grouped(4, 16 + 4, 128, 'fp16 scale and 4-bit zero for each 128', awq),
  'int4-g64': grouped(4, 16 + 4, 64, 'fp16 scale and 4-bit zero for each 64', awq),
  'int4-g32': grouped(4, 16, 32, 'bf16 scale for each 32, symmetric', gptq),
  'hqq-4bit-g64': grouped(4, 16 + 16, 64, 'fp16 scale and fp16 zero for each 64', hqq),
  int3: float(3, null, nominal),
  'int3-g128': grouped(3, 16 + 4, 128, 'fp16 scale and packed zero for each 128', gptq),
  int2: float(2, null, nominal),
  ternary: float(2, null, bitnet),
  q8_0: ggmlBlock(34, 32),
  q8_1: ggmlBlock(36, 32),
  q8_k: ggmlBlock(292, 256),
  q6_k: ggmlBlock(210, 256),
  q5_k: ggmlBlock(176, 256),
  q5_0: ggmlBlock(22, 32),
  q5_1: ggmlBlock(24, 32),
  q4_k: ggmlBlock(144, 256),
  q4_0: ggmlBlock(18, 32),
  q4_1: ggmlBlock(20, 32),
  q3_k: ggmlBlock(110, 256),
  q2_k: ggmlBlock(84, 256),
  iq4_nl: ggmlBlock(18, 32),
  iq4_xs: ggmlBlock(136, 256),
  iq3_s: ggmlBlock(110, 256),
  iq3_xxs: ggmlBlock(98, 256),
  iq2_s: ggmlBlock(82, 256),
  iq2_xs: ggmlBlock(74, 256),
  iq2_xxs: ggmlBlock(66, 256),
  iq1_m: ggmlBlock(56, 256),
  iq1_s: ggmlBlock(50, 256),
  tq2_0: ggmlBlock(66, 256),
  tq1_0: ggmlBlock(54, 256),
} as const satisfies Record<string, Precision>

export type PrecisionId = keyof typeof precisions
export const precisionIds = Object.keys(precisions) as [PrecisionId, ...PrecisionId[]]

/** Spellings that other tools and the published tables use. */
export const precisionAliases: Readonly<Record<string, PrecisionId>> = {
  float32: 'fp32',
  f32: 'fp32',
  bfloat16: 'bf16',
  float16: 'fp16',
  half: 'fp16',
  f16: 'fp16',
  fp8_e4m3: 'fp8',
  fp8_e5m2: 'fp8',
  e4m3: 'fp8',
  e5m2: 'fp8',
  'fp8_e4m3 per-tensor': 'fp8',
  'fp8_e4m3 per-channel (dynamic)': 'fp8',
  'fp8_e4m3 block 128x128': 'fp8-block128',
  'int8 llm.int8()': 'int8',
  'int8 w8a8 (smoothquant/compressed-tensors)': 'int8',
  w8a8: 'int8',
  'int4 channel-wise (w4a16)': 'int4',
  w4a16: 'int4',
  'int4 gptq group 128 symmetric': 'gptq-g128',
  'int4 gptq group 128 asymmetric': 'gptq-g128-asym',
  gptq: 'gptq-g128',
  'int4 awq group 128': 'awq-g128',
  awq: 'awq-g128',
  'int4 group 64': 'int4-g64',
  'int4 group 32 (kimi k2.5 qat)': 'int4-g32',
  'int3 group 128': 'int3-g128',
  'nf4 double-quant': 'nf4-dq',
  'ternary 1.58b (packed 2-bit)': 'ternary',
  'hqq 4-bit group 64': 'hqq-4bit-g64',
}

/** The `precision` field of a calculation. */
export const PrecisionField = z.enum(precisionIds).meta({
  id: 'Precision',
  title: 'Precision',
  description: 'How each parameter is stored; block scales are counted',
  'x-aliases': precisionAliases,
})
