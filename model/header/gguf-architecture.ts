import type { FileHeader, MetadataValue } from './file-header.ts'
import { lengthSuffix } from './gguf-metadata.ts'

/** What a GGUF header says of the layers; null where it is silent. A list holds one number for each layer. */
export interface GgufArchitecture {
  readonly name: string | null
  readonly layerCount: number | null
  readonly hiddenSize: number | null
  readonly headCount: number | readonly number[] | null
  readonly keyValueHeadCount: number | readonly number[] | null
  readonly keyLength: number | null
  readonly valueLength: number | null
  readonly feedForwardLength: number | readonly number[] | null
  readonly contextLength: number | null
  readonly slidingWindow: number | null
  readonly expertCount: number | null
  readonly expertUsedCount: number | null
  readonly vocabularySize: number | null
  /** Files that this one is a part of. */
  readonly splitCount: number | null
}

/**
 * The keys `{architecture}.*` of a GGUF header. `block_count` includes multi-token-prediction layers.
 *
 * @see ggml-org/ggml, docs/gguf.md, section "LLM"
 */
export function ggufArchitecture({ metadata }: FileHeader): GgufArchitecture {
  const name = metadata['general.architecture']
  const prefix = typeof name === 'string' ? `${name}.` : ''
  const value = (key: string): MetadataValue | null => metadata[prefix + key] ?? null
  const count = (key: string): number | null => numberOrNull(value(key))
  const countOrList = (key: string): number | readonly number[] | null => {
    const found = value(key)
    return typeof found === 'object' ? found : numberOrNull(found)
  }
  return {
    name: typeof name === 'string' ? name : null,
    layerCount: count('block_count'),
    hiddenSize: count('embedding_length'),
    headCount: countOrList('attention.head_count'),
    keyValueHeadCount: countOrList('attention.head_count_kv'),
    keyLength: count('attention.key_length'),
    valueLength: count('attention.value_length'),
    feedForwardLength: countOrList('feed_forward_length'),
    contextLength: count('context_length'),
    slidingWindow: count('attention.sliding_window'),
    expertCount: count('expert_count'),
    expertUsedCount: count('expert_used_count'),
    vocabularySize: count('vocab_size') ?? numberOrNull(metadata[`tokenizer.ggml.tokens${lengthSuffix}`]),
    splitCount: numberOrNull(metadata['split.count']),
  }
}

const numberOrNull = (value: MetadataValue | null | undefined): number | null =>
  typeof value === 'number' ? value : null
