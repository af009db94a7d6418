import { expect, test } from 'vitest'
import { entrySources } from '../../api/pages/entry-sources.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { catalog } from '../../model/catalog.ts'

const facts = bundledFacts('2026-11-25')

test.each(catalog.map((calculation) => [calculation.id, calculation] as const))(
  'the reference of %s says what it rests on',
  (_id, calculation) => {
    const sources = entrySources(calculation, facts)
    expect(sources.length).toBeGreaterThan(0)
    expect(new Set(sources.map(({ title }) => title)).size).toBe(sources.length)
  },
)

test('plain arithmetic says so, and no formula of the literature does', () => {
  const plain = catalog
    .filter((one) => entrySources(one, facts).some(({ title }) => title.startsWith('Plain arithmetic')))
    .map(({ id }) => id)
  expect(plain).toContain('api-cost')
  for (const id of ['training', 'adapter', 'checkpoint', 'kv-cache', 'memory'])
    expect(plain).not.toContain(id)
})
