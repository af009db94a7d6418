import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../../data/dataset.ts'
import { withBook } from '../../../../data/price-book.ts'
import { answer, type Calculation, prepare } from '../../../../model/calculation.ts'
import { calculationOf, catalog } from '../../../../model/catalog.ts'
import { businessCase } from '../../../../model/finance/business-case.ts'
import { explain } from '../../../../model/finance/explain/explain.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const ask = (calculation: Calculation, input: unknown) =>
  answer(calculation, prepare(calculation, input), facts)
/** What is said of an answer that came over the wire. */
const said = (calculation: Calculation, input: unknown): string[] => {
  const given: unknown = JSON.parse(JSON.stringify(ask(calculation, input)))
  return explain.output.parse(ask(explain, { answer: given }).result).sentences
}
const all = (sentences: readonly string[]) => sentences.join(' ')

describe.each(
  catalog.filter(({ id }) => id !== 'explain').map((calculation) => [calculation.id, calculation] as const),
)('%s', (_id, calculation) => {
  test.each(calculation.examples.map(({ input }) => [JSON.stringify(input).slice(0, 60), input] as const))(
    'is told in whole sentences: %s',
    (_name, input) => {
      const sentences = said(calculation, input)
      expect(sentences.length).toBeGreaterThan(0)
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Za-z0-9$].*[.!?]$/)
        expect(sentence).not.toMatch(/NaN|undefined|Infinity|\[object|\bnull\b/)
      }
    },
  )
})

describe('a business case', () => {
  const [example] = businessCase.examples
  const input = example.input

  test('is told with its own numbers', () => {
    const sentences = all(said(businessCase, { ...input, flips: true }))
    expect(sentences).toContain(
      "Over 4 years, buy costs $436,260 in today's money, $134,316 (23.5%) less than api.",
    )
    expect(sentences).toContain('it returns 29.0% a year and pays back after 2.38 years')
    expect(sentences).toMatch(/Look again when .+ falls below/)
    expect(sentences).toContain('Review on 2027-02-25.')
  })

  test('says how sure it is, and where the average disagrees with the middle', () => {
    const uncertainty = {
      draws: 1000,
      inputs: { 'volume.millionTokensPerMonth': { value: { kind: 'lognormal', p5: 100, p95: 12_000 } } },
    }
    const sentences = all(said(businessCase, { ...input, uncertainty }))
    expect(sentences).toMatch(/buy is the cheapest in [\d.]+% of 1,000 draws/)
    expect(sentences).toMatch(/On average over the draws, though, api costs less/)
    expect(sentences).toMatch(/The answer hangs most on volume.millionTokensPerMonth: [\d.]+% of the spread/)
  })

  test('that never pays back says so', () => {
    const losing = {
      ...input,
      volume: { millionTokensPerMonth: 100 },
    }
    expect(all(said(businessCase, losing))).toMatch(
      /As an investment buy loses \$[\d,]+ against the baseline.* never pays back/,
    )
  })
})

test('an option that no gate lets through is named with its cure', () => {
  const gates = calculationOf('gates')
  if (!gates) throw new Error('no gates')
  const [{ input }] = gates.examples
  expect(all(said(gates, input))).toContain(
    'api may not: Data is processed in us; allowed: eu. Serve from eu only.',
  )
})

test('what is not known is said, and what was only assumed is counted', () => {
  const sentences = all(
    said(businessCase, {
      discountRatePerYear: 0.1,
      options: [{ name: 'own', lines: [{ kind: 'recurring', name: 'it', usdPerMonth: 10 }] }],
    }),
  )
  expect(sentences).toContain('there is nothing to compare it with')
  expect(sentences).toMatch(/\d+ figures were not given but assumed/)
})
