import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ByteReader, bytesReader } from '../../../model/header/byte-reader.ts'
import { readGguf } from '../../../model/header/gguf.ts'
import { headerSummary } from '../../../model/header/header-summary.ts'
import { readHeader } from '../../../model/header/read-header.ts'
import { readSafetensors } from '../../../model/header/safetensors.ts'
import {
  arrayPair,
  bytesOf,
  entry,
  ggufFile,
  ggufText,
  safetensorsFile,
  tensorInfo,
  textPair,
  unsigned,
  wholePair,
} from './files.ts'

const summaryOf = (bytes: Uint8Array, config?: Record<string, unknown>) =>
  headerSummary({ reader: bytesReader(bytes), config })

/** Lays tensors one after the other, in the order given. */
function laid(
  tensors: readonly (readonly [name: string, dtype: string, shape: readonly number[], bytes: number])[],
) {
  let end = 0
  const entries = tensors.map(([name, dtype, shape, bytes]) => {
    const begin = end
    end += bytes
    return [name, entry(dtype, shape, begin, end)] as const
  })
  return safetensorsFile(
    JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) }),
    end,
  )
}

describe('safetensors', () => {
  const plain = laid([
    ['model.embed_tokens.weight', 'BF16', [32, 8], 512],
    ['model.norm.weight', 'F32', [8], 32],
    ['model.empty', 'F16', [0, 8], 0],
    ['model.scalar', 'F32', [], 4],
    ['position_ids', 'I64', [1, 16], 128],
  ])

  test('every tensor is read with its shape, dtype and place', async () => {
    const header = await readSafetensors(bytesReader(plain))
    expect(header.metadata).toEqual({ format: 'pt' })
    expect(header.tensors.map(({ name, begin, bytes }) => [name, begin, bytes])).toEqual([
      ['model.embed_tokens.weight', 0, 512],
      ['model.norm.weight', 512, 32],
      ['model.empty', 544, 0],
      ['model.scalar', 544, 4],
      ['position_ids', 548, 128],
    ])
    expect(header.headerBytes + header.dataBytes).toBe(plain.length)
  })

  test('parameters are counted by dtype, and integer tables apart', async () => {
    const summary = await summaryOf(plain)
    expect(summary.parametersByDtype).toEqual({ BF16: 256, F32: 9, F16: 0 })
    expect(summary).toMatchObject({
      parameterCount: 265,
      bufferElements: 16,
      tensorBytes: 676,
      tensorCount: 5,
    })
    expect(summary.fileBytes).toBe(plain.length)
  })

  test('a header padded with spaces, out of order and with a long note inside is read', async () => {
    const json = JSON.stringify({
      second: entry('F16', [4], 4, 12),
      __metadata__: { log: 'x'.repeat(300_000), short: 'y' },
      first: entry('U8', [4], 0, 4),
    })
    const header = await readSafetensors(bytesReader(safetensorsFile(`${json}   `, 12)))
    expect(header.tensors.map(({ name }) => name)).toEqual(['second', 'first'])
    expect(header.metadata).toEqual({ short: 'y' })
  })

  test('names in any script are read', async () => {
    const json = JSON.stringify({ 'слой.重み.🦙': entry('F16', [2], 0, 4) })
    const header = await readSafetensors(bytesReader(safetensorsFile(json, 4)))
    expect(header.tensors[0]?.name).toBe('слой.重み.🦙')
  })

  test('law: however its bytes are cut into pieces, a file reads the same', async () => {
    const whole = await readHeader(bytesReader(plain))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 97 }), async (longest) => {
        const drop: ByteReader = {
          size: plain.length,
          read: async (offset, length) => plain.slice(offset, offset + Math.min(length, longest)),
        }
        // The first look at a file needs its first bytes together.
        const pieces: ByteReader = {
          ...drop,
          read: (offset, length) =>
            length <= 64 ? Promise.resolve(plain.slice(offset, offset + length)) : drop.read(offset, length),
        }
        expect(await readHeader(pieces)).toEqual(whole)
      }),
    )
  })

  test('law: a file cut anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: plain.length - 1 }), async (length) => {
        await expect(readHeader(bytesReader(plain.slice(0, length)))).rejects.toThrow(/^file: /)
      }),
    )
  })
})

describe('quantised safetensors', () => {
  test('GPTQ: eight weights to an integer, scales and zeros left out', async () => {
    const summary = await summaryOf(
      laid([
        ['layer.qweight', 'I32', [16, 128], 8192],
        ['layer.qzeros', 'I32', [1, 16], 64],
        ['layer.scales', 'F16', [1, 128], 256],
        ['layer.g_idx', 'I32', [128], 512],
      ]),
    )
    expect(summary.parametersByDtype).toEqual({ I32: 128 * 128 })
    expect(summary.scaleElements).toBe(16 + 128 + 128)
    expect(summary.assumptions.map(({ because }) => because)).toEqual([
      'Counted as weights of 4 bits in 32-bit integers.',
    ])
  })

  test("the config's own width wins over the usual four bits", async () => {
    const file = laid([['layer.qweight', 'I32', [32, 128], 16384]])
    expect((await summaryOf(file, { quantization_config: { bits: 8 } })).parameterCount).toBe(128 * 128)
    const packed = laid([['layer.weight_packed', 'I32', [12, 4], 192]])
    const groups = { group_0: { weights: { num_bits: 3 } } }
    expect((await summaryOf(packed, { quantization_config: { config_groups: groups } })).parameterCount).toBe(
      512,
    )
  })

  test('MXFP4: two weights to a byte of blocks, scales left out', async () => {
    const summary = await summaryOf(
      laid([
        ['mlp.experts.gate_up_proj_blocks', 'U8', [2, 4, 3, 16], 384],
        ['mlp.experts.gate_up_proj_scales', 'U8', [2, 4, 3], 24],
        ['mlp.experts.gate_up_proj_bias', 'BF16', [2, 4], 16],
      ]),
    )
    expect(summary.parametersByDtype).toEqual({ U8: 768, BF16: 8 })
  })

  test('bitsandbytes: two weights to a byte, quantisation state left out', async () => {
    const summary = await summaryOf(
      laid([
        ['q_proj.weight', 'U8', [128, 1], 128],
        ['q_proj.weight.absmax', 'U8', [4], 4],
        ['q_proj.weight.nested_absmax', 'F32', [1], 4],
        ['q_proj.weight.quant_map', 'F32', [16], 64],
        ['q_proj.weight.quant_state.bitsandbytes__nf4', 'U8', [82], 82],
      ]),
    )
    expect(summary.parametersByDtype).toEqual({ U8: 256 })
  })

  test('FP8: one weight to a byte, block scales left out', async () => {
    const summary = await summaryOf(
      laid([
        ['q_proj.weight', 'F8_E4M3', [256, 128], 32768],
        ['q_proj.weight_scale_inv', 'F32', [2, 1], 8],
      ]),
    )
    expect(summary).toMatchObject({ parameterCount: 32768, scaleElements: 2 })
  })

  test("DeepSeek V4: routed experts at the config's width, integer tables left out", async () => {
    const file = laid([
      ['layers.0.ffn.experts.3.w1.weight', 'I8', [4, 16], 64],
      ['layers.0.ffn.experts.3.w1.scale', 'F8_E8M0', [4, 1], 4],
      ['layers.0.ffn.gate.tid2eid', 'I32', [8], 32],
    ])
    expect((await summaryOf(file)).parameterCount).toBe(64)
    const summary = await summaryOf(file, { expert_dtype: 'fp4' })
    expect(summary).toMatchObject({ parameterCount: 128, scaleElements: 4, bufferElements: 8 })
  })
})

describe('index files', () => {
  const shards: Readonly<Record<string, Uint8Array>> = {
    'model-00001-of-00002.safetensors': laid([['a', 'BF16', [4], 8]]),
    'model-00002-of-00002.safetensors': laid([
      ['b', 'F32', [2, 2], 16],
      ['c', 'F32', [1], 4],
    ]),
  }
  const open = async (file: string) => bytesReader(shards[file] ?? new Uint8Array(0))
  const map = {
    a: 'model-00001-of-00002.safetensors',
    b: 'model-00002-of-00002.safetensors',
    c: 'model-00002-of-00002.safetensors',
  }
  const summed = (index: unknown) =>
    headerSummary({ reader: bytesReader(bytesOf(JSON.stringify(index))), open })

  test('the shards of an index are summed', async () => {
    const summary = await summed({ metadata: { total_size: 28 }, weight_map: map })
    expect(summary).toMatchObject({ fileCount: 2, tensorCount: 3, parameterCount: 9, tensorBytes: 28 })
    expect(summary.assumptions).toEqual([])
  })

  test('a stated size or count that the files do not have is shown, and not used', async () => {
    const summary = await summed({ metadata: { total_size: 30, total_parameters: 10 }, weight_map: map })
    expect(summary).toMatchObject({ parameterCount: 9, tensorBytes: 28 })
    expect(summary.assumptions.map(({ field }) => field)).toEqual(['total_size', 'total_parameters'])
  })

  test.each([
    ['too few tensors', { a: map.a, b: map.b }],
    ['too many tensors', { ...map, d: map.b }],
    ['other names', { a: map.a, b: map.b, d: map.c }],
  ])('an index with %s for a shard is refused', async (_name, weightMap) => {
    await expect(summed({ weight_map: weightMap })).rejects.toThrow(/weight_map puts there/)
  })

  test('an index alone, without its files, is refused', async () => {
    const reader = bytesReader(bytesOf(JSON.stringify({ weight_map: map })))
    await expect(headerSummary({ reader })).rejects.toThrow(/not at hand/)
  })
})

describe('GGUF', () => {
  const pairs = [
    textPair('general.architecture', 'llama'),
    wholePair('llama.block_count', 2),
    wholePair('llama.embedding_length', 256),
    wholePair('llama.attention.head_count', 8),
    arrayPair('llama.attention.head_count_kv', 4, 2, unsigned(2, 4), unsigned(4, 4)),
    arrayPair('tokenizer.ggml.tokens', 8, 3, ggufText('<s>'), ggufText('a'), ggufText('b'.repeat(5000))),
    arrayPair('tokenizer.ggml.scores', 6, 2000, new Uint8Array(8000)),
    textPair('tokenizer.chat_template', 'x'.repeat(9000)),
  ]
  const tensors = [
    tensorInfo('token_embd.weight', [256, 3], 14, 0),
    tensorInfo('blk.0.attn_q.weight', [256, 256], 12, 640),
    tensorInfo('blk.0.attn_norm.weight', [256], 0, 640 + 36864),
    tensorInfo('rope.ids', [4], 26, 640 + 36864 + 1024),
  ]
  const file = ggufFile({ pairs, tensors, dataBytes: 640 + 36864 + 1024 + 32 })

  test.each([2, 3])('version %i: layers, heads and vocabulary are read', async (version) => {
    const summary = await summaryOf(ggufFile({ version, pairs, tensors, dataBytes: 40000 }))
    expect(summary.architecture).toMatchObject({
      name: 'llama',
      layerCount: 2,
      hiddenSize: 256,
      headCount: 8,
      keyValueHeadCount: [2, 4],
      vocabularySize: 3,
      keyLength: null,
      expertCount: null,
    })
  })

  test('parameters and bytes are counted by block type', async () => {
    const summary = await summaryOf(file)
    expect(summary.parametersByDtype).toEqual({ Q6_K: 768, Q4_K: 65536, F32: 256 })
    expect(summary.bytesByDtype).toEqual({ Q6_K: 630, Q4_K: 36864, F32: 1024, I32: 16 })
    expect(summary).toMatchObject({ bufferElements: 4, tensorCount: 4 })
  })

  test('the alignment of the header is kept', async () => {
    const aligned = ggufFile({
      pairs: [wholePair('general.alignment', 64)],
      tensors: [tensorInfo('a', [8], 0, 0), tensorInfo('b', [8], 0, 64)],
      alignment: 64,
      dataBytes: 96,
    })
    expect((await readGguf(bytesReader(aligned))).dataBytes).toBe(96)
  })

  test('one part of several says so', async () => {
    const part = ggufFile({ pairs: [pairOfSplit(3)] })
    expect((await summaryOf(part)).assumptions.map(({ value }) => value)).toEqual([3])
  })

  test('law: a file cut anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: file.length - 32 }), async (length) => {
        await expect(readHeader(bytesReader(file.slice(0, length)))).rejects.toThrow(/^file: /)
      }),
    )
  })
})

const pairOfSplit = (count: number) => wholePair('split.count', count)
