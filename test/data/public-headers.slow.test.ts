import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesReader } from '../../model/header/byte-reader.ts'
import { headerSummary } from '../../model/header/header-summary.ts'
import { describeWith, llamaPackage } from '../needs.ts'

/** What the publishers' own config.json say of the models whose vocabularies these are. */
const published = [
  ['llama-bpe', 'llama', 32, 4096, 32, 8, 14_336, 8192, 128_256, 'meta-llama/Meta-Llama-3-8B'],
  ['llama-spm', 'llama', 32, 4096, 32, 32, 11_008, 4096, 32_000, 'meta-llama/Llama-2-7b'],
  ['falcon', 'falcon', 32, 4544, 71, 1, 18_176, 2048, 65_024, 'tiiuae/falcon-7b'],
  ['gpt-2', 'gpt2', 12, 768, 12, null, 3072, 1024, 50_257, 'openai-community/gpt2'],
  ['starcoder', 'starcoder2', 30, 3072, 24, 2, 12_288, 16_384, 49_152, 'bigcode/starcoder2-3b'],
  ['command-r', 'command-r', 40, 8192, 64, 64, 22_528, 131_072, 256_000, 'CohereForAI/c4ai-command-r-v01'],
] as const

describeWith('node-llama-cpp', 'public GGUF files', () => {
  let folder: string
  const git = (...words: string[]): Buffer =>
    execFileSync('git', words, { cwd: folder, maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
    // The package carries the sources of llama.cpp as a git bundle, and in it the vocabularies that its tests use.
    execFileSync('tar', ['xzf', llamaPackage, '-C', folder, 'package/llama/gitRelease.bundle'])
    git('clone', '--quiet', '--bare', 'package/llama/gitRelease.bundle', 'sources')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const file = (name: string): Buffer =>
    git('-C', 'sources', 'cat-file', 'blob', `HEAD:models/ggml-vocab-${name}.gguf`)

  test.each(published)('%s is what %s publishes', async (name, ...figures) => {
    const [architecture, layers, hidden, heads, keyValueHeads, feedForward, context, vocabulary] = figures
    const summary = await headerSummary({ reader: bytesReader(file(name)) })
    expect(summary).toMatchObject({ format: 'gguf', tensorCount: 0, parameterCount: 0 })
    expect(summary.architecture).toMatchObject({
      name: architecture,
      layerCount: layers,
      hiddenSize: hidden,
      headCount: heads,
      keyValueHeadCount: keyValueHeads,
      feedForwardLength: feedForward,
      contextLength: context,
      vocabularySize: vocabulary,
    })
  })

  test('every one of them is read to its last byte', async () => {
    const paths = git('-C', 'sources', 'ls-tree', '--name-only', 'HEAD', 'models/').toString().split('\n')
    const names = paths.flatMap((path) => /ggml-vocab-(.*)\.gguf$/.exec(path)?.[1] ?? [])
    expect(names.length).toBeGreaterThan(15)
    for (const name of names) {
      const bytes = file(name)
      const { fileBytes, tensorCount } = await headerSummary({ reader: bytesReader(bytes) })
      expect([name, fileBytes, BigInt(tensorCount)]).toEqual([name, bytes.length, bytes.readBigUInt64LE(8)])
    }
  })
})
