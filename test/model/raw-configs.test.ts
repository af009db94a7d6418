import { expect, test } from 'vitest'
import { parameterFigures } from '../../model/parameters.ts'
import rows from '../cases/raw-configs.json' with { type: 'json' }

test.each(rows.map((row) => [`${row.name} (${row.source})`, row] as const))('%s', (_, row) => {
  const figures = parameterFigures(row.config)
  expect(figures.unique).toBe(row.expected)
  if (row.active !== undefined) expect(figures.active).toBe(row.active)
})
