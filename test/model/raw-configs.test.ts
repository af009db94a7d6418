import { describe, expect, test } from 'vitest'
import { parameterFigures } from '../../model/parameters.ts'
import rows from '../cases/raw-configs.json' with { type: 'json' }

const isReconstructed = ({ source }: (typeof rows)[number]) => source.startsWith('reconstructed')

/** Fields that change no count, such as ids of tokens and names of classes, are partly left out of the copies. */
describe.each([
  ["configs as they stand in a publisher's file", rows.filter((row) => !isReconstructed(row))],
  ["configs reconstructed in their publisher's spelling", rows.filter(isReconstructed)],
])('%s', (_, cases) => {
  test.each(cases.map((row) => [`${row.name} (${row.source})`, row] as const))('%s', (_name, row) => {
    const figures = parameterFigures(row.config)
    expect(figures.unique).toBe(row.expected)
    if (row.active !== undefined) expect(figures.active).toBe(row.active)
  })
})

test('each copy cites its file and commit, and they are the more', () => {
  const cited = rows.filter((row) => !isReconstructed(row))
  for (const { source } of cited) expect(source).toMatch(/^[\w.-]+\/[\w.-]+ \S+\.json @[0-9a-f]{8}$/)
  expect(cited.length).toBeGreaterThan(rows.length / 2)
})
