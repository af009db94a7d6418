import { describe, expect, test } from 'vitest'
import { type Ask, type Case, send } from './case.ts'
import { badInputCases } from './cases/bad-input.ts'
import { batchCases, exampleCases } from './cases/calculations.ts'
import { houseCases, pageCases } from './cases/house.ts'
import { factCases, priceCases, workloadCases } from './cases/lists.ts'
import { priceBookCases } from './cases/price-book.ts'
import { workbookCases } from './cases/workbook.ts'

export const suite: Readonly<Record<string, readonly Case[]>> = {
  house: houseCases,
  pages: pageCases,
  'catalog examples': exampleCases,
  batch: batchCases,
  facts: factCases,
  prices: priceCases,
  'price book': priceBookCases,
  workloads: workloadCases,
  workbook: workbookCases,
  'bad input': badInputCases,
}

/** Runs the whole suite against one server. */
export function runSuite(ask: Ask): void {
  for (const [part, cases] of Object.entries(suite)) {
    describe(part, () => {
      test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
        const response = await send(ask, one)
        const text = await response.text()
        expect(response.status, text.slice(0, 300)).toBe(one.status)
        if (one.type !== undefined) expect(response.headers.get('content-type')).toMatch(one.type)
        for (const words of one.says ?? []) expect(text).toContain(words)
        if (one.is !== undefined) expect(text).toBe(one.is)
      })
    })
  }
}
