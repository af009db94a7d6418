import type { Assumption } from '../calculation.ts'
import { quote } from '../problem.ts'
import type { ByteReader } from './byte-reader.ts'
import type { FileHeader } from './file-header.ts'
import { type GgufArchitecture, ggufArchitecture } from './gguf-architecture.ts'
import { HeaderTally } from './header-tally.ts'
import { widthsOf } from './packed-widths.ts'
import { readHeader } from './read-header.ts'
import { refusal } from './refusal.ts'
import { hashOfName, type SafetensorsIndex } from './safetensors-index.ts'

/** Parameters and bytes of weights, from their files' headers alone. */
export interface HeaderSummary {
  readonly format: FileHeader['format']
  readonly fileCount: number
  readonly tensorCount: number
  /** Learned weights: packed ones counted one by one, scales and tables left out. */
  readonly parameterCount: number
  /** By the dtype of the tensor that holds them. */
  readonly parametersByDtype: Readonly<Record<string, number>>
  readonly bytesByDtype: Readonly<Record<string, number>>
  /** Block scales, zero points and other state of a quantisation. */
  readonly scaleElements: number
  /** Integer tables and masks. */
  readonly bufferElements: number
  readonly tensorBytes: number
  /** Headers and padding between tensors are in it. */
  readonly fileBytes: number
  readonly architecture: GgufArchitecture | null
  readonly assumptions: readonly Assumption[]
}

/** What to read, and what else is known. */
export interface HeaderRequest {
  readonly reader: ByteReader
  /** Opens a file beside an index by its name; without it an index cannot be summed. */
  readonly open?: ((file: string) => Promise<ByteReader>) | undefined
  /** The model's `config.json`, whose `quantization_config` states how wide packed weights are. */
  readonly config?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Sums the headers of one file, or of every file that an index names.
 *
 * @throws InputProblem for a header that lies, or a shard that does not hold what the index says.
 */
export async function headerSummary({ reader, open, config }: HeaderRequest): Promise<HeaderSummary> {
  const tally = new HeaderTally(widthsOf(config))
  const found = await readHeader(reader)
  if (found.kind === 'file') {
    tally.add(found.header)
    const isGguf = found.header.format === 'gguf'
    return tally.summary({
      format: found.header.format,
      architecture: isGguf ? ggufArchitecture(found.header) : null,
      notes: isGguf ? splitNote(ggufArchitecture(found.header)) : [],
    })
  }
  if (!open) throw refusal('it is an index, and the files that it names are not at hand.')
  await addShards(found.index, open, tally)
  return tally.summary({ format: 'safetensors', architecture: null, notes: indexNotes(found.index, tally) })
}

async function addShards(
  index: SafetensorsIndex,
  open: (file: string) => Promise<ByteReader>,
  tally: HeaderTally,
): Promise<void> {
  for (const { file, tensorCount, nameHash } of index.shards) {
    const shard = await readHeader(await open(file))
    if (shard.kind !== 'file' || shard.header.format !== 'safetensors') {
      throw refusal(`${quote(file)}, which its weight_map names, is no safetensors file.`)
    }
    const { tensors } = shard.header
    const hash = tensors.reduce((sum, tensor) => sum + hashOfName(tensor.name), 0)
    if (tensors.length !== tensorCount || hash !== nameHash) {
      throw refusal(
        `${quote(file)} holds ${tensors.length} tensors that are not the ${tensorCount} its weight_map puts there.`,
      )
    }
    tally.add(shard.header)
  }
}

const stated = (field: string, value: unknown, because: string): Assumption => ({
  field,
  value,
  unit: null,
  because,
})

function splitNote({ splitCount }: GgufArchitecture): Assumption[] {
  if (splitCount === null || splitCount <= 1) return []
  return [stated('splitCount', splitCount, `This is one of ${splitCount} files; only it is counted.`)]
}

function indexNotes({ totalBytes, statedParameters }: SafetensorsIndex, tally: HeaderTally): Assumption[] {
  const notes: Assumption[] = []
  if (totalBytes !== null && totalBytes !== tally.tensorBytes) {
    const because = `The index states this size; its files' tensors sum to ${tally.tensorBytes} bytes, which is used.`
    notes.push(stated('total_size', totalBytes, because))
  }
  if (statedParameters !== null && statedParameters !== tally.parameterCount) {
    const because = `The index states this count; its files' headers give ${tally.parameterCount}, which is used.`
    notes.push(stated('total_parameters', statedParameters, because))
  }
  return notes
}
