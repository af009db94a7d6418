import type { Facts, Gpu, PeakFormat, QualityMeasurement } from './facts.ts'
import { formatRules } from './format-rules.ts'
import { type FormatSupport, formatSupport } from './format-support.ts'
import { type PrecisionId, precisionAliases, precisions } from './precision.ts'
import type { Source } from './source.ts'

/** Which GPUs multiply in a format, and which only store it and widen it before they multiply. */
interface GpusOfFormat {
  /** A source states the format for the GPU or its architecture, or a dense peak where the format has no blocks. */
  readonly native: readonly string[]
  /** A source states that weights are widened, or that the format came with a later architecture. */
  readonly emulated: readonly string[]
  /** No source says either. */
  readonly unstated: readonly string[]
  /** Of the rules; a peak's source is that of its GPU. */
  readonly sources: readonly Source[]
}

/** All that is known of one way to store parameters. */
export interface PrecisionFacts {
  readonly id: PrecisionId
  readonly otherNames: readonly string[]
  readonly bitsPerWeight: number
  readonly scales: string
  readonly arithmetic: PeakFormat | null
  readonly gpus: GpusOfFormat
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
    gpus: gpusOf(id, facts.gpus()),
    quality: recipesOf(id).flatMap((recipe) => facts.quality(recipe)),
    source,
  }
}

/** llama.cpp's recipes are named after the block type that most tensors take: `Q4_K_M` stores mostly `q4_k`. */
const recipesOf = (id: PrecisionId): string[] =>
  [id, ...(id === 'fp16' ? ['f16'] : []), `${id}_s`, `${id}_m`, `${id}_l`].map((name) => `gguf ${name}`)

function gpusOf(id: PrecisionId, gpus: readonly Gpu[]): GpusOfFormat {
  const supports = gpus.map((gpu) => ({ id: gpu.id, ...formatSupport(gpu, id) }))
  const having = (kept: FormatSupport['support']) =>
    supports.flatMap(({ id, support }) => (support === kept ? [id] : []))
  return {
    native: having('native'),
    emulated: having('emulated'),
    unstated: having('unstated'),
    sources: formatRules.filter(({ precisions }) => precisions.includes(id)).map(({ source }) => source),
  }
}
