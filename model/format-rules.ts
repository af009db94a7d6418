import type { PrecisionId } from './precision.ts'
import type { Source } from './source.ts'

/** What a source says of the multiplication in some formats. */
export interface FormatRule {
  readonly precisions: readonly PrecisionId[]
  /** Architectures as the GPUs name theirs; without these and `gpus` it holds on all. */
  readonly architectures?: readonly string[]
  /** Single GPUs, where an architecture's name covers several generations. */
  readonly gpus?: readonly string[]
  readonly support: 'native' | 'emulated'
  readonly source: Source
}

const blackwell: Source = {
  title:
    'CUTLASS, blackwell_functionality.md @19fc8b0f: block-scaled MMA of MXFP8, MXFP6, MXFP4 and NVFP4, on SM100 and SM120',
  url: 'https://github.com/NVIDIA/cutlass/blob/19fc8b0f4a67e4b033fb0ff1b74e897a1eba39d5/media/docs/cpp/blackwell_functionality.md',
}
const transformerEngine: Source = {
  title:
    'Transformer Engine, Datatype and hardware support matrix: BF16 from 8.0, FP8 from 8.9, FP8 block scaling on 9.0 and Blackwell, MXFP8 and NVFP4 not before 10.0',
  url: 'https://nvidia.github.io/TransformerEngine/support_matrix.html',
}
const fp4Marlin: Source = {
  title:
    'vLLM, marlin_utils_fp4.py @00d52e93: without native FP4 the weights alone are FP4, and Marlin widens them to 16 bits',
  url: 'https://github.com/vllm-project/vllm/blob/00d52e93333741b205e70acb9217a2849f173696/vllm/model_executor/layers/quantization/utils/marlin_utils_fp4.py',
}
const cdna: Source = {
  title:
    'Matrix Core Programming on AMD CDNA3 and CDNA4 architecture, table of MFMA instructions (ROCm blog, 2025-09-30) @74cb9876: FP6, FP4 and block scaling are new in CDNA4',
  url: 'https://github.com/ROCm/rocm-blogs/blob/74cb98764b82f321522ff469d5941f4555d0997b/blogs/software-tools-optimization/matrix-cores-cdna/README.md',
}
const trainium3: Source = {
  title:
    'MXFP Matrix Multiplication with NKI on AWS Neuron: NeuronCore-v4 multiplies MXFP8 and MXFP4 with their scales in one instruction (2025-12-19)',
  url: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/nki/deep-dives/mxfp-matmul.html',
}
const fp8WeightOnly: Source = {
  title:
    'vLLM documentation, FP8 W8A8: FP8 computation from compute capability 8.9; Turing and Ampere run it weight-only, by Marlin',
  url: 'https://docs.vllm.ai/en/stable/features/quantization/fp8/',
}
const instinctBlocks: Source = {
  title:
    'Vultr, AITER Configuration (2026-03-11): block-scale GEMM kernels for Instinct GPUs, used for DeepSeek V3 and R1',
  url: 'https://docs.vultr.com/inference-cookbook/rocm/optimization/aiter-configuration',
}
const marlin: Source = {
  title:
    'Marlin, README @2f6d7c10: an FP16×INT4 kernel for 4-bit GPTQ models, which expands weights before the tensor cores',
  url: 'https://github.com/IST-DASLab/marlin/blob/2f6d7c10e124b3c5fa29ff8d77d568bd7af3274c/README.md',
}
const activationAware: Source = {
  title:
    'vLLM, awq.py @000796ac: 16-bit activations only; large batches expand the weights and call a 16-bit matmul',
  url: 'https://github.com/vllm-project/vllm/blob/000796acdf1e6184eeb36272c5ddd6ffbc41fac3/vllm/model_executor/layers/quantization/awq.py',
}
const bitsandbytes: Source = {
  title:
    'Making LLMs even more accessible with bitsandbytes, 4-bit quantization and QLoRA @1b4d85d9: weights are stored in 4 bits, the computation is in 16 or 32',
  url: 'https://github.com/huggingface/blog/blob/1b4d85d958048f85f13b749fd305136a94df97e2/4bit-transformers-bitsandbytes.md',
}

const beforeAda = ['Volta', 'Turing', 'Ampere']
const beforeBlackwell = [...beforeAda, 'Ada', 'Hopper']
const blackwells = ['Blackwell', 'Blackwell Ultra']

/**
 * Rules that go beyond a stated peak. A peak says how fast elements of a width multiply, not whether the hardware
 * applies the scales of a block.
 */
export const formatRules: readonly FormatRule[] = [
  {
    precisions: ['mxfp8', 'mxfp6', 'mxfp4', 'nvfp4'],
    architectures: blackwells,
    support: 'native',
    source: blackwell,
  },
  {
    precisions: ['mxfp8', 'nvfp4'],
    architectures: beforeBlackwell,
    support: 'emulated',
    source: transformerEngine,
  },
  { precisions: ['mxfp4', 'fp4'], architectures: beforeBlackwell, support: 'emulated', source: fp4Marlin },
  // The document calls the 4-bit and 6-bit block-scaled tensor cores new.
  { precisions: ['mxfp6'], architectures: beforeBlackwell, support: 'emulated', source: blackwell },
  { precisions: ['mxfp8', 'mxfp6', 'mxfp4'], architectures: ['CDNA4'], support: 'native', source: cdna },
  {
    precisions: ['mxfp8', 'mxfp6', 'mxfp4', 'fp4'],
    architectures: ['CDNA3'],
    support: 'emulated',
    source: cdna,
  },
  { precisions: ['mxfp8', 'mxfp4'], gpus: ['trainium3'], support: 'native', source: trainium3 },
  {
    precisions: ['fp8', 'fp8-block128'],
    architectures: beforeAda,
    support: 'emulated',
    source: fp8WeightOnly,
  },
  {
    precisions: ['fp8-block128'],
    architectures: ['Hopper', ...blackwells],
    support: 'native',
    source: transformerEngine,
  },
  {
    precisions: ['fp8-block128'],
    architectures: ['CDNA3', 'CDNA4'],
    support: 'native',
    source: instinctBlocks,
  },
  {
    precisions: ['bf16'],
    architectures: ['Volta', 'Turing'],
    support: 'emulated',
    source: transformerEngine,
  },
  {
    precisions: ['int4', 'gptq-g128', 'gptq-g128-asym', 'int4-g32'],
    support: 'emulated',
    source: marlin,
  },
  { precisions: ['awq-g128', 'int4-g64'], support: 'emulated', source: activationAware },
  { precisions: ['nf4', 'nf4-dq'], support: 'emulated', source: bitsandbytes },
]

/** Formats for which a peak in their arithmetic says enough: their scales, if any, lie outside the multiplication. */
export const plainFormats: ReadonlySet<PrecisionId> = new Set<PrecisionId>([
  'fp32',
  'bf16',
  'fp16',
  'fp8',
  'int8',
  'fp4',
])
