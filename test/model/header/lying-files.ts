import { type ByteReader, bytesReader } from '../../../model/header/byte-reader.ts'
import {
  arrayPair,
  bytesOf,
  endless,
  entry,
  ggufFile,
  ggufText,
  joined,
  pair,
  safetensorsFile,
  tensorInfo,
  textPair,
  unsigned,
  wholePair,
} from './files.ts'

/** A file whose header cannot be believed, and what the refusal must say. */
export interface Lie {
  readonly name: string
  readonly reader: () => ByteReader
  readonly says: RegExp
}

const of = (name: string, bytes: Uint8Array, says: RegExp): Lie => ({
  name,
  reader: () => bytesReader(bytes),
  says,
})

const safetensors = (name: string, tensors: Record<string, unknown>, dataBytes: number, says: RegExp): Lie =>
  of(`safetensors: ${name}`, safetensorsFile(JSON.stringify(tensors), dataBytes), says)

const json = (name: string, text: string, says: RegExp): Lie =>
  of(`safetensors: ${name}`, safetensorsFile(text, 0), says)

const gguf = (name: string, parts: Parameters<typeof ggufFile>[0], says: RegExp): Lie =>
  of(`GGUF: ${name}`, ggufFile(parts), says)

const whole = entry('F32', [2, 2], 0, 16)
const f32 = 0
const q4k = 12

export const lies: readonly Lie[] = [
  // What is no such file at all.
  of('an empty file', new Uint8Array(0), /is empty/),
  of(
    'a Git LFS pointer',
    bytesOf('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 4976698672\n'),
    /Git LFS pointer.*4976698672 bytes/,
  ),
  of('a web page', bytesOf('<!DOCTYPE html><html><body>Not found</body></html>'), /web page/),
  of('a zip archive', bytesOf('PK\u0003\u0004 model.bin and a good deal more of it'), /zip archive/),
  of('a plain text', bytesOf('these are not the weights that you look for'), /it is text/),

  // safetensors: lengths.
  of('safetensors: cut off in its length', new Uint8Array([3, 0, 0, 0]), /ends at byte 4/),
  of('safetensors: a header longer than the file', safetensorsFile('{}', 0, 5000), /only 10 bytes in all/),
  of('safetensors: a header of 2^63 bytes', safetensorsFile('{}', 0, 2n ** 63n), /more than 100000000/),
  of('safetensors: a header of 0 bytes', safetensorsFile('', 0, 0), /ends at byte 8/),
  {
    name: 'safetensors: a header of 99 MB of spaces',
    reader: () => endless(joined(unsigned(99e6, 8), bytesOf('{')), bytesOf(' '), 99e6 + 8),
    says: /ends at byte 99000008/,
  },
  {
    name: 'safetensors: 90 MB of tensors without end',
    reader: () =>
      endless(
        joined(unsigned(90e6, 8), bytesOf('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}')),
        bytesOf(',"b":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}'),
        90e6 + 8,
      ),
    says: /"b" is listed twice/,
  },
  {
    name: 'safetensors: a text of 90 MB without end',
    reader: () =>
      endless(joined(unsigned(90e6, 8), bytesOf('{"__metadata__":{"a":"')), bytesOf('x'), 90e6 + 8),
    says: /ends at byte 90000008/,
  },
  {
    name: 'safetensors: a million tensors of their own names',
    reader: () => manyTensors(1_000_000),
    says: /more than 100000 tensors/,
  },
  {
    name: 'safetensors: names of 1,000 characters each',
    reader: () => manyTensors(50_000, 1000),
    says: /names take more than/,
  },
  safetensors('data cut off', { a: whole }, 12, /end at byte .* has only .* bytes/),
  safetensors('data left over', { a: whole }, 20, /tensors end at byte/),

  // safetensors: JSON.
  json('no JSON', 'weights', /does not begin with "\{"/),
  json('a list in place of an object', '[]', /does not begin with "\{"/),
  json('JSON cut off', '{"a":{"dtype":"F32","shape":[2', /the end of an entry/),
  json('JSON with a missing comma', '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]} "b":1}', /","/),
  json('JSON with broken text inside', '{"a":{"dtype":"U8",shape:[0]}}', /is no JSON/),
  json('JSON 10,000 deep', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, /nested more than/),
  json('objects 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, /nested more than/),
  json('something after the end', '{} {}', /after the closing brace/),
  json('an entry of 100 kB', `{"a":{"dtype":"${'F'.repeat(100_000)}"}}`, /longer than 65536 bytes/),
  json('a name of 2,000 characters', `{"${'a'.repeat(2000)}":1}`, /more than 1024 characters/),
  of(
    'safetensors: a name that is no UTF-8',
    joined(unsigned(8, 8), bytesOf('{"'), new Uint8Array([0xff, 0xfe]), bytesOf('":1}')),
    /no UTF-8/,
  ),

  // safetensors: tensors.
  safetensors('a tensor that is a number', { a: 7 }, 0, /no object with dtype/),
  safetensors('a tensor without a shape', { a: { dtype: 'F32', data_offsets: [0, 0] } }, 0, /has no shape/),
  safetensors('a tensor without offsets', { a: { dtype: 'F32', shape: [1] } }, 0, /data_offsets/),
  safetensors('an unknown dtype', { a: entry('F31', [1], 0, 4) }, 4, /dtype "F31"/),
  safetensors('a dtype from the prototype', { a: entry('toString', [1], 0, 4) }, 4, /dtype "toString"/),
  safetensors('a field too many', { a: { ...whole, crc: 1 } }, 16, /field "crc"/),
  json('a field twice', '{"a":{"dtype":"U8","dtype":"F32","shape":[0],"data_offsets":[0,0]}}', /field twice/),
  json(
    'a tensor twice',
    '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
    /"a" is listed twice/,
  ),
  safetensors('half a dimension', { a: entry('F32', [2.5, 2], 0, 20) }, 20, /dimension of 2.5/),
  safetensors('a negative dimension', { a: entry('F32', [-2, -2], 0, 16) }, 16, /dimension of -2/),
  safetensors('a dimension in words', { a: { ...whole, shape: ['2', 2] } }, 16, /dimension of "2"/),
  safetensors(
    '10^30 elements',
    { a: entry('F4', [1e15, 1e15], 0, 4) },
    4,
    /more elements than can be counted/,
  ),
  json(
    'a dimension above 2^53',
    '{"a":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}',
    /no whole number/,
  ),
  safetensors('17 dimensions', { a: entry('U8', new Array(17).fill(1), 0, 1) }, 1, /17 dimensions/),
  safetensors('a size that does not fit its dtype', { a: entry('BF16', [2, 2], 0, 16) }, 16, /take 8/),
  safetensors('half a byte', { a: entry('F4', [3], 0, 2) }, 2, /take 1.5/),
  safetensors('offsets backwards', { a: entry('F32', [1], 4, 0) }, 4, /in order/),
  safetensors('three offsets', { a: { ...whole, data_offsets: [0, 8, 16] } }, 16, /data_offsets/),
  safetensors('offsets beyond the file', { a: entry('U8', [1e12], 0, 1e12) }, 16, /has only/),
  safetensors('a hole', { a: whole, b: entry('F32', [1], 20, 24) }, 24, /leaves a hole/),
  safetensors('a hole at the start', { a: entry('F32', [1], 4, 8) }, 8, /leaves a hole/),
  safetensors('an overlap', { a: whole, b: entry('F32', [1], 12, 16) }, 16, /overlaps/),
  safetensors('two tensors in one place', { a: whole, b: whole }, 16, /overlaps/),

  // Index files.
  of('index: no weight_map', bytesOf('{"metadata":{"total_size":16}}'), /without a weight_map/),
  of('index: a path out of the folder', bytesOf('{"weight_map":{"a":"../../etc/passwd"}}'), /no name of a/),
  of('index: a shard that is a number', bytesOf('{"weight_map":{"a":1}}'), /no name of a/),
  of('index: cut off', bytesOf('{"weight_map":{"a":"model.safetensors"'), /middle of its JSON/),
  {
    name: 'index: 10,001 files',
    reader: () =>
      bytesReader(
        bytesOf(
          JSON.stringify({
            weight_map: Object.fromEntries(
              Array.from({ length: 10_001 }, (_, shard) => [`t${shard}`, `${shard}.safetensors`]),
            ),
          }),
        ),
      ),
    says: /more than 10000 files/,
  },

  // GGUF: counts and versions.
  of('GGUF: nothing but the magic', bytesOf('GGUF'), /the version/),
  gguf('version 1', { version: 1 }, /version 1;/),
  gguf('version 2^24, big-endian', { version: 0x03000000 }, /version 50331648/),
  gguf('10^9 tensors', { stated: { tensors: 1e9 } }, /1000000000 tensors, more than/),
  gguf('2^63 tensors', { stated: { tensors: 2n ** 63n } }, /more than can be counted/),
  gguf('more tensors than bytes', { stated: { tensors: 99_999 } }, /more than it has/),
  gguf('10^9 pairs', { stated: { pairs: 1e9 } }, /more than it has/),
  gguf('a million pairs', { stated: { pairs: 1e6 }, dataBytes: 14e6 }, /more than 1024/),
  gguf('fewer pairs than stated', { stated: { pairs: 3 }, pairs: [wholePair('a', 1)] }, /"" is listed twice/),

  // GGUF: pairs.
  gguf(
    'a key of 2^40 bytes',
    { pairs: [unsigned(2 ** 40, 8), new Uint8Array(16)], stated: { pairs: 1 } },
    /1099511627776 bytes/,
  ),
  gguf('a key twice', { pairs: [wholePair('a', 1), wholePair('a', 2)] }, /"a" is listed twice/),
  gguf('an unknown type', { pairs: [pair('a', 13, unsigned(0, 8))] }, /type 13/),
  gguf('a text beyond the file', { pairs: [pair('a', 8, unsigned(1e9, 8))] }, /past the end/),
  gguf('an array of 10^18 texts', { pairs: [arrayPair('a', 8, 10n ** 15n)] }, /more than fit/),
  gguf('an array of 10^15 numbers', { pairs: [arrayPair('a', 4, 10n ** 15n)] }, /more than fit/),
  gguf(
    'arrays in arrays',
    { pairs: [arrayPair('a', 9, 1, unsigned(9, 4), unsigned(1, 8))] },
    /array of the type 9/,
  ),
  gguf(
    'a text in an array beyond the file',
    { pairs: [arrayPair('a', 8, 2, ggufText('b'), unsigned(1e12, 8))] },
    /past the end/,
  ),
  {
    name: 'GGUF: 12 million empty texts',
    reader: () =>
      endless(ggufFile({ pairs: [arrayPair('a', 8, 12e6)], alignment: 1 }), new Uint8Array(8), 99e6),
    says: /array of 12000000 texts/,
  },
  gguf('an alignment of 0', { pairs: [wholePair('general.alignment', 0)] }, /alignment 0/),
  gguf('an alignment in words', { pairs: [textPair('general.alignment', 'wide')] }, /alignment "wide"/),

  // GGUF: tensors.
  gguf(
    'a tensor twice',
    {
      tensors: [tensorInfo('a', [8], f32, 0), tensorInfo('a', [8], f32, 32)],
      dataBytes: 64,
    },
    /"a" is listed twice/,
  ),
  gguf(
    'five dimensions',
    { tensors: [tensorInfo('a', [1, 1, 1, 1, 1], f32, 0)], dataBytes: 4 },
    /5 dimensions/,
  ),
  gguf(
    '2^32 dimensions',
    { tensors: [joined(ggufText('a'), unsigned(0xffffffff, 4), new Uint8Array(40))] },
    /4294967295 dimensions/,
  ),
  gguf(
    'a tensor type that was removed',
    { tensors: [tensorInfo('a', [32], 4, 0)], dataBytes: 32 },
    /type 4,/,
  ),
  gguf(
    'rows that do not fill a block',
    { tensors: [tensorInfo('a', [100, 4], q4k, 0)], dataBytes: 400 },
    /do not fill blocks of 256/,
  ),
  gguf(
    'elements beyond counting',
    { tensors: [tensorInfo('a', [2 ** 40, 2 ** 40], f32, 0)] },
    /can be counted/,
  ),
  gguf(
    'an offset off its alignment',
    { tensors: [tensorInfo('a', [8], f32, 8)], dataBytes: 64 },
    /off the alignment/,
  ),
  gguf(
    'an overlap',
    {
      tensors: [tensorInfo('a', [64], f32, 0), tensorInfo('b', [8], f32, 32)],
      dataBytes: 512,
    },
    /overlaps/,
  ),
  gguf(
    'a hole',
    {
      tensors: [tensorInfo('a', [8], f32, 0), tensorInfo('b', [8], f32, 96)],
      dataBytes: 512,
    },
    /leaves a hole/,
  ),
  gguf(
    'data cut off',
    { tensors: [tensorInfo('a', [1024, 1024], f32, 0)], dataBytes: 64 },
    /truncated, or a header that lies/,
  ),
  gguf(
    'an offset of 2^63',
    { tensors: [tensorInfo('a', [8], f32, 2n ** 63n)], dataBytes: 64 },
    /can be counted/,
  ),
]

/** Entries that each have a name of their own, made as they are read. */
function manyTensors(count: number, nameLength = 8): ByteReader {
  const unit = (index: number): string =>
    `${index === 0 ? '' : ','}"${String(index).padStart(nameLength, '0')}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`
  const unitBytes = unit(1).length
  const jsonBytes = unitBytes * count + 1
  const size = 8 + jsonBytes
  return {
    size,
    async read(offset, length) {
      const start = joined(unsigned(jsonBytes, 8), bytesOf('{'))
      const first = Math.max(0, Math.floor((offset - start.length) / unitBytes) - 1)
      const last = Math.min(count, first + Math.ceil(length / unitBytes) + 3)
      const texts = Array.from({ length: last - first }, (_, index) => unit(first + index)).join('')
      const from = start.length + (first === 0 ? 0 : first * unitBytes - 1)
      const bytes = bytesOf(`${texts}}`)
      const window = new Uint8Array(Math.min(length, size - offset))
      for (let at = 0; at < window.length; at++) {
        const place = offset + at
        window[at] = (place < start.length ? start[place] : bytes[place - from]) ?? 0
      }
      return window
    },
  }
}
