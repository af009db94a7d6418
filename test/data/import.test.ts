import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { assemble, type Book } from '../../data/import/assemble.ts'
import { parseExactJson } from '../../data/import/exact-json.ts'
import { folder } from '../../data/import/folder.ts'
import { ImportProblem } from '../../data/import/import-problem.ts'
import { histories, importers } from '../../data/import/importers.ts'
import type { Upstream } from '../../data/import/read.ts'
import { shippedFiles } from '../../data/import/shipped.ts'
import { describeWhere } from '../needs.ts'

const root = process.env.WEIGHBRIDGE_UPSTREAM ?? new URL('../../../shared/upstream', import.meta.url).pathname

test('exact JSON keeps each number as it is printed, and leaves text alone', () => {
  expect(parseExactJson('{"a": 2.50, "b": [1e-07, -0.0], "c": "cost 3 or \\"4\\"", "d": null}')).toEqual({
    a: '2.50',
    b: ['1e-07', '-0.0'],
    c: 'cost 3 or "4"',
    d: null,
  })
})

/** The publishers' files with some of them replaced. */
const replaced = (
  upstream: Upstream,
  files: Readonly<Record<string, (text: string) => string>>,
): Upstream => ({
  ...upstream,
  text: (path) => files[path]?.(upstream.text(path)) ?? upstream.text(path),
})

/** The publishers' files with one of them cut in half. */
const cut = (upstream: Upstream, cutPath: string): Upstream => ({
  ...upstream,
  text: (path) => {
    const text = upstream.text(path)
    return path === cutPath ? text.slice(0, text.length / 2) : text
  },
  bytes: (path) => {
    const bytes = upstream.bytes(path)
    return path === cutPath ? bytes.subarray(0, bytes.length / 2) : bytes
  },
})

describeWhere(root, 'importing the publishers’ files', () => {
  const upstream = folder(root)
  let book: Book
  let files: Readonly<Record<string, string>>
  beforeAll(() => {
    book = assemble({ importers, histories }, upstream)
    files = shippedFiles(book)
  })

  test('gives the shipped book, to the byte', () => {
    for (const [name, text] of Object.entries(files)) {
      const shipped = readFileSync(new URL(`../../data/price-book/${name}`, import.meta.url), 'utf8')
      expect(shipped === `${text}\n`, `${name}: run npm run import`).toBe(true)
    }
  })

  test('gives the same bytes a second time', () => {
    expect(shippedFiles(assemble({ importers, histories }, upstream))).toEqual(files)
  })

  test.each(
    [...importers, ...histories]
      .filter(({ publisher }) => publisher.id !== 'gpu-pricing-tracker')
      .flatMap(({ publisher, paths }) => paths.map((path) => [publisher.id, path] as const)),
  )('%s: %s cut in half is refused whole, with a sentence', (id, path) => {
    const importer = [...importers, ...histories].find(
      ({ publisher, paths }) => publisher.id === id && paths.includes(path),
    )
    const file = path === 'portkey-models' ? 'portkey-models/openai.json' : path
    expect(() => importer?.run(cut(upstream, file))).toThrow(ImportProblem)
    expect(() => importer?.run(cut(upstream, file))).toThrow(new RegExp(`^${file} is refused: .+\\.$`))
  })

  describe('a malformed record is named by its path', () => {
    const refusal = (path: string, change: (text: string) => string): string => {
      try {
        assemble({ importers, histories }, replaced(upstream, { [path]: change }))
      } catch (error) {
        if (error instanceof ImportProblem) return error.message
      }
      return 'it was believed'
    }
    test('a price in words', () => {
      expect(
        refusal('models-dev/api.json', (text) => text.replace(/"input": ?3\.0\b/, '"input": "cheap"')),
      ).toMatch(
        /models-dev\/api\.json is refused: [\w.-]+\.models\..+\.cost\.input: must be a decimal number\./,
      )
    })
    test('a negative price', () => {
      expect(
        refusal('genai-prices/data.v2.json', (text) => text.replace('"input_mtok":', '"input_mtok":-')),
      ).toContain('genai-prices/data.v2.json is refused: ')
    })
    test('a row without its currency', () => {
      expect(
        refusal('gpu-rental/aws-accelerator-instances.csv', (text) => text.replace(',USD,', ',,')),
      ).toContain('currency')
    })
    test('a missing column', () => {
      expect(
        refusal('gpu-rental/gcp-accelerator-instances.csv', (text) => text.replace('gpu_count', 'gpus')),
      ).toBe('gpu-rental/gcp-accelerator-instances.csv is refused: it has no column gpu_count.')
    })
  })

  test('an instance whose GPUs are not in our map is not believed', () => {
    expect(book.quarantined.map(({ record }) => record)).toContain(
      'Standard_NC24lds_xl_RTXPRO6000BSE_v6 in eastus2',
    )
  })

  test('a GPU count that our map denies is not believed', () => {
    const azure = importers.find(({ publisher }) => publisher.id === 'azure')
    const wrong = replaced(upstream, {
      'gpu-rental/azure-sku-gpu-map.csv': (text) =>
        text.replace(
          'Standard_NC80adis_H100_v5,H100 (NC family),2',
          'Standard_NC80adis_H100_v5,H100 (NC family),8',
        ),
    })
    const reasons = azure?.run(wrong).quarantined?.map(({ reason }) => reason)
    expect(reasons).toContain(
      'Standard_NC80adis_H100_v5 has 2 GPUs in the instance map and 8 in gpu-rental/azure-sku-gpu-map.csv.',
    )
  })
})
