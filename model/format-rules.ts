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
    'Pretraining Large Language Models with NVFP4, section 2: formats of Blackwell Tensor Cores, MXFP8, MXFP6, MXFP4 and NVFP4 (2025)',
  url: 'https://arxiv.org/abs/2509.25149',
}
const blackwellIsFirst: Source = {
  title: 'NVIDIA Blackwell Architecture Technical Brief: FP4 and microscaling formats are new in it (2024)',
  url: 'https://resources.nvidia.com/en-us-blackwell-architecture',
}
const cdna4: Source = {
  title:
    'AMD CDNA 4 Architecture white paper: FP6 and FP4 and the scaling of MX blocks are new in its Matrix Cores (2025)',
}
const trainium3: Source = {
  title:
    'Trainium3 Architecture Guide for NKI and MXFP Matrix Multiplication with NKI: MXFP8 and MXFP4 (2025)',
  url: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/nki/about/trainium3_arch.html',
}
const hopper: Source = { title: 'NVIDIA H100 Tensor Core GPU Architecture: FP8 is new in Hopper (2022)' }
const ampere: Source = { title: 'NVIDIA A100 Tensor Core GPU Architecture: BF16 is new in Ampere (2020)' }
const tiles: Source = {
  title: 'DeepSeek-V3 Technical Report, section 3.3.2: FP8 on Hopper, scaled by tiles and blocks (2024)',
  url: 'https://arxiv.org/abs/2412.19437',
}
const weightOnly: Source = {
  title: 'GPTQ, section 5: weights are expanded when needed and multiplied in FP16 (2022)',
  url: 'https://arxiv.org/abs/2210.17323',
}
const activationAware: Source = {
  title: 'AWQ, section 4: 4-bit weights are expanded to FP16 before they are multiplied (2023)',
  url: 'https://arxiv.org/abs/2306.00978',
}
const qlora: Source = {
  title: 'QLoRA, section 3: weights in NF4 are expanded to BF16 before they are multiplied (2023)',
  url: 'https://arxiv.org/abs/2305.14314',
}

const beforeHopper = ['Volta', 'Turing', 'Ampere']
const beforeBlackwell = [...beforeHopper, 'Ada', 'Hopper']

/**
 * Rules that go beyond a stated peak. A peak says how fast elements of a width multiply, not whether the hardware
 * applies the scales of a block.
 */
export const formatRules: readonly FormatRule[] = [
  {
    precisions: ['mxfp8', 'mxfp6', 'mxfp4', 'nvfp4'],
    architectures: ['Blackwell', 'Blackwell Ultra'],
    support: 'native',
    source: blackwell,
  },
  {
    precisions: ['mxfp8', 'mxfp6', 'mxfp4', 'nvfp4', 'fp4'],
    architectures: beforeBlackwell,
    support: 'emulated',
    source: blackwellIsFirst,
  },
  { precisions: ['mxfp8', 'mxfp6', 'mxfp4'], architectures: ['CDNA4'], support: 'native', source: cdna4 },
  {
    precisions: ['mxfp8', 'mxfp6', 'mxfp4', 'fp4'],
    architectures: ['CDNA3'],
    support: 'emulated',
    source: cdna4,
  },
  { precisions: ['mxfp8', 'mxfp4'], gpus: ['trainium3'], support: 'native', source: trainium3 },
  { precisions: ['fp8', 'fp8-block128'], architectures: beforeHopper, support: 'emulated', source: hopper },
  { precisions: ['fp8-block128'], architectures: ['Hopper'], support: 'native', source: tiles },
  { precisions: ['bf16'], architectures: ['Volta', 'Turing'], support: 'emulated', source: ampere },
  {
    precisions: ['int4', 'gptq-g128', 'gptq-g128-asym', 'int4-g32', 'int3-g128'],
    support: 'emulated',
    source: weightOnly,
  },
  { precisions: ['awq-g128', 'int4-g64'], support: 'emulated', source: activationAware },
  { precisions: ['nf4', 'nf4-dq'], support: 'emulated', source: qlora },
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
