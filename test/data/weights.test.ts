import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { weights } from '../../data/weights/index.ts'
import { Weights } from '../../model/facts.ts'
import { parameterCount } from '../../model/parameters.ts'

const folder = new URL('../../data/weights/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('each file of the folder is imported', async () => {
  const records = await Promise.all(
    files.map(async (name) => (await import(new URL(name, folder).href, { with: { type: 'json' } })).default),
  )
  const ids = records.flat().map(({ id }: Weights) => id)
  expect(weights.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
})

test('each file holds one publisher and is named after it', async () => {
  for (const { id } of weights) {
    const publisher = id.split('/')[0] ?? ''
    expect(files).toContain(`${publisher.toLowerCase()}.json`)
  }
})

test('no id is used twice, ignoring case', () => {
  const ids = weights.map(({ id }) => id.toLowerCase())
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('an id answers ignoring case, and by the name behind its publisher', () => {
  const facts = bundledFacts('2026-11-25')
  expect(facts.weights('META-LLAMA/llama-3.3-70b-instruct')?.id).toBe('meta-llama/Llama-3.3-70B-Instruct')
  expect(facts.weights('llama-3.3-70b-instruct')?.id).toBe('meta-llama/Llama-3.3-70B-Instruct')
  expect(facts.weights('llama')).toBeUndefined()
})

test.each(weights.map((record) => [record.id, record] as const))(
  '%s fits its schema and can be counted',
  (_, record) => {
    expect(Weights.parse(record)).toEqual(record)
    expect(record.config).toHaveProperty('architectures')
    expect(record.config).toHaveProperty('model_type')
    expect(parameterCount(record.config)).toBeGreaterThan(1e6)
  },
)
