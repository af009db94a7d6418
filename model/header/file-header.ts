import type { HeaderTensor } from './tensor.ts'

/** A value of a header's own metadata that is short enough to keep. */
export type MetadataValue = string | number | boolean | readonly number[]

/** What one file says of itself. */
export interface FileHeader {
  readonly format: 'safetensors' | 'gguf'
  /** GGUF version; null for safetensors, which has none. */
  readonly version: number | null
  readonly tensors: readonly HeaderTensor[]
  /** Everything before the first tensor's data. */
  readonly headerBytes: number
  /** The tensors' data, with the padding between them. */
  readonly dataBytes: number
  readonly metadata: Readonly<Record<string, MetadataValue>>
}
