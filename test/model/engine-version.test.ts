import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { engineVersion } from '../../model/engine-version.ts'

test('the version of the mathematics is that of the package', () => {
  expect(engineVersion).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})
