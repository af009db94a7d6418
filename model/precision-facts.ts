import type { Facts, Gpu, PeakFormat, QualityMeasurement } from './facts.ts'
import { type PrecisionId, precisionAliases, precisions } from './precision.ts'
import type { Source } from './source.ts'

/** Which GPUs multiply in a format, and which only store it and widen it before they multiply. */
interface FormatSupport {
  /** A source states a dense peak in the format. */
  readonly native: readonly string[]
  /** No source states a peak for the GPU, but one does for another GPU of its architecture. */
  readonly unstated: readonly string[]
  /** Neither the GPU nor its architecture has a peak in the format. */
  readonly emulated: readonly string[]
}

/** All that is known of one way to store parameters. */
export interface PrecisionFacts {
  readonly id: PrecisionId
  readonly otherNames: readonly string[]
  readonly bitsPerWeight: number
  readonly scales: string
  readonly arithmetic: PeakFormat | null
  readonly gpus: FormatSupport
  /** Measured loss against 16 bits, whatever was measured; empty where nothing was. */
  readonly quality: readonly QualityMeasurement[]
  readonly source: Source
}

export function precisionFacts(id: PrecisionId, facts: Facts): PrecisionFacts {
  const { bitsPerWeight, scales, arithmetic, source } = precisions[id]
  return {
    id,
    otherNames: Object.entries(precisionAliases).flatMap(([name, known]) => (known === id ? [name] : [])),
    bitsPerWeight,
    scales,
    arithmetic,
    gpus: supportOf(arithmetic, facts.gpus()),
    quality: recipesOf(id).flatMap((recipe) => facts.quality(recipe)),
    source,
  }
}

/** llama.cpp's recipes are named after the block type that most tensors take: `Q4_K_M` stores mostly `q4_k`. */
const recipesOf = (id: PrecisionId): string[] =>
  [id, ...(id === 'fp16' ? ['f16'] : []), `${id}_s`, `${id}_m`, `${id}_l`].map((name) => `gguf ${name}`)

function supportOf(format: PeakFormat | null, gpus: readonly Gpu[]): FormatSupport {
  const hasPeak = (gpu: Gpu): boolean => format !== null && typeof gpu.peakFlopPerSecond[format] === 'number'
  const architectures = new Set(gpus.filter(hasPeak).map(({ architecture }) => architecture))
  const ids = (kept: (gpu: Gpu) => boolean) => gpus.filter(kept).map(({ id }) => id)
  return {
    native: ids(hasPeak),
    unstated: ids((gpu) => !hasPeak(gpu) && architectures.has(gpu.architecture)),
    emulated: ids((gpu) => !architectures.has(gpu.architecture)),
  }
}
