import { answer, type Calculation, prepare } from '../../model/calculation.ts'
import type { Facts } from '../../model/facts.ts'
import type { Source } from '../../model/source.ts'

const byDefinition: Source = { title: 'Plain arithmetic: the formula is its definition' }

/** What a calculation rests on for every input, and on the facts of its example; prices name theirs in each answer. */
export function entrySources(calculation: Calculation, facts: Facts): readonly Source[] {
  const { sources, examples, prices, sheet } = calculation
  const pricesOf: Source = {
    title: 'Prices: each answer names the list, the path and the day of those that it used',
    url: '/docs/prices',
  }
  const [example] = examples
  const ofExample =
    prices === undefined && sheet !== false
      ? answer(calculation, prepare(calculation, example.input), facts).sources
      : []
  const all = [...sources, ...ofExample, ...(prices === undefined ? [] : [pricesOf])]
  const distinct = [...new Map(all.map((source) => [source.title, source])).values()]
  return distinct.length === 0 ? [byDefinition] : distinct
}
