import { quote } from '../problem.ts'
import type { ByteReader } from './byte-reader.ts'
import { Cursor } from './cursor.ts'
import { JsonWalker } from './json-walker.ts'
import { longestName, mostHeaderBytes, mostIndexedTensors, mostShards } from './limits.ts'
import { refusal } from './refusal.ts'

/** What an index says of one of its files: how many tensors lie there, and the sum of their names' hashes. */
interface Shard {
  readonly file: string
  readonly tensorCount: number
  readonly nameHash: number
}

/** `model.safetensors.index.json`: which tensor lies in which file. */
export interface SafetensorsIndex {
  readonly shards: readonly Shard[]
  readonly tensorCount: number
  /** `metadata.total_size`: bytes of the tensors, not of the files; null where not stated. */
  readonly totalBytes: number | null
  /** `metadata.total_parameters`: shown, never trusted. */
  readonly statedParameters: number | null
}

/**
 * Reads an index file. Names are kept as one hash for each shard, enough to tell whether a shard holds exactly the
 * tensors that the index says, in memory that does not grow with them.
 *
 * @throws InputProblem for an index that is broken, or names a file outside its own folder.
 */
export async function readSafetensorsIndex(reader: ByteReader): Promise<SafetensorsIndex> {
  const walker = new JsonWalker(new Cursor(reader, mostHeaderBytes))
  let shards: Map<string, Shard> | undefined
  let metadata: unknown
  await walker.open()
  for (let key = await walker.key(); key !== null; key = await walker.key()) {
    if (key === 'weight_map' && shards) throw refusal('its weight_map is listed twice.')
    if (key === 'weight_map') shards = await readWeightMap(walker)
    else if (key === 'metadata') metadata = await walker.value()
    else await walker.skip()
  }
  await walker.end()
  if (!shards) throw refusal('it is JSON without a weight_map: no index of safetensors files.')
  const tensorCount = [...shards.values()].reduce((sum, shard) => sum + shard.tensorCount, 0)
  return {
    shards: [...shards.values()],
    tensorCount,
    totalBytes: wholeNumber(metadata, 'total_size'),
    statedParameters: wholeNumber(metadata, 'total_parameters'),
  }
}

async function readWeightMap(walker: JsonWalker): Promise<Map<string, Shard>> {
  const shards = new Map<string, Shard>()
  let tensorCount = 0
  await walker.open()
  for (let name = await walker.key(); name !== null; name = await walker.key()) {
    const file = shardName(name, await walker.value())
    tensorCount += 1
    if (tensorCount > mostIndexedTensors) {
      throw refusal(`its weight_map lists more than ${mostIndexedTensors} tensors.`)
    }
    const known = shards.get(file) ?? { file, tensorCount: 0, nameHash: 0 }
    shards.set(file, {
      file,
      tensorCount: known.tensorCount + 1,
      nameHash: known.nameHash + hashOfName(name),
    })
    if (shards.size > mostShards) throw refusal(`its weight_map names more than ${mostShards} files.`)
  }
  return shards
}

/** A file beside the index: a path would reach outside of what the person named. */
function shardName(tensor: string, file: unknown): string {
  if (typeof file !== 'string' || !/^[\w.-]+\.safetensors$/.test(file) || file.length > longestName) {
    throw refusal(
      `its weight_map puts tensor ${quote(tensor)} into ${quote(file)}, which is no name of a .safetensors file beside it.`,
    )
  }
  return file
}

function wholeNumber(metadata: unknown, key: string): number | null {
  if (metadata === null || typeof metadata !== 'object') return null
  const value = Reflect.get(metadata, key)
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

/**
 * FNV-1a, 32 bits, over UTF-16 units. Sums of two million of them stay exact.
 *
 * @see draft-eastlake-fnv-17, section 2
 */
export function hashOfName(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
