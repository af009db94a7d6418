import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileReader, httpReader } from '../../data/header-sources.ts'
import { bytesReader } from '../../model/header/byte-reader.ts'
import { headerSummary } from '../../model/header/header-summary.ts'
import { arrayPair, entry, ggufFile, ggufText, safetensorsFile, tensorInfo } from '../model/header/files.ts'

const json = JSON.stringify({
  a: entry('F16', [500_000], 0, 1_000_000),
  b: entry('F32', [1], 1_000_000, 1_000_004),
})
const weights = safetensorsFile(json, 1_000_004)
const vocabulary = Array.from({ length: 60_000 }, (_, token) => ggufText(`token ${token}`))
const gguf = ggufFile({
  pairs: [arrayPair('tokenizer.ggml.tokens', 8, vocabulary.length, ...vocabulary)],
  tensors: [tensorInfo('a', [256], 0, 0)],
  dataBytes: 1024,
})

let server: Server
let folder: string
let origin: string
let sent = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-'))
  server = createServer((request, response) => {
    const file = request.url === '/vocabulary.gguf' ? gguf : weights
    const [first, last] = (/bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []).slice(1).map(Number)
    if (request.url === '/silent') return
    if (request.url === '/whole' || first === undefined || last === undefined) {
      response.writeHead(200)
      response.end(file)
      return
    }
    const body = request.url === '/more-than-asked' ? file.slice(first) : file.slice(first, last + 1)
    sent += body.length
    const size = request.url === '/no-size' ? '*' : file.length
    response.writeHead(206, { 'content-range': `bytes ${first}-${first + body.length - 1}/${size}` })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

test('bytes, a file and HTTP ranges read the same', async () => {
  const path = join(folder, 'model.safetensors')
  await writeFile(path, weights)
  const expected = await headerSummary({ reader: bytesReader(weights) })
  expect(await headerSummary({ reader: await fileReader(path) })).toEqual(expected)
  for (const name of ['model.safetensors', 'no-size', 'more-than-asked']) {
    expect(await headerSummary({ reader: await httpReader({ url: `${origin}/${name}` }) })).toEqual(expected)
  }
})

test('the data is left where it is', async () => {
  sent = 0
  await headerSummary({ reader: await httpReader({ url: `${origin}/model.safetensors` }) })
  expect(sent).toBeLessThan(weights.length / 4)
})

test('a vocabulary of many pieces is passed over', async () => {
  const { architecture } = await headerSummary({
    reader: await httpReader({ url: `${origin}/vocabulary.gguf` }),
  })
  expect(architecture?.vocabularySize).toBe(60_000)
})

test('the cap on fetched bytes holds', async () => {
  const reader = await httpReader({ url: `${origin}/vocabulary.gguf`, mostBytes: 400_000 })
  await expect(headerSummary({ reader })).rejects.toThrow(/took more than 400000 bytes/)
})

test('a server that ignores ranges is refused without its body', async () => {
  await expect(httpReader({ url: `${origin}/whole` })).rejects.toThrow(/answered 200 .* 206 is needed/)
})

test('a server that does not answer is given up', async () => {
  const reader = httpReader({ url: `${origin}/silent`, timeOutMilliseconds: 50 })
  await expect(reader).rejects.toThrow(/did not answer/)
})
