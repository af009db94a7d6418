import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contractPath, currentContract, publishedContract } from './contract.ts'

// What was added becomes part of the contract with `UPDATE_CONTRACT=1 npx vitest run test/addin/contract.slow.test.ts`.
if (process.env.UPDATE_CONTRACT === '1') {
  writeFileSync(contractPath, `${JSON.stringify(currentContract(), null, 1)}\n`)
}

test('what was added to the functions is part of their contract', () => {
  expect(publishedContract()).toEqual(currentContract())
})
