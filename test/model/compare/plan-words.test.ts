import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { sampleTrace } from '../../../data/sample-trace/sample-trace.ts'
import { planOf } from '../../../model/compare/plan.ts'
import { planWords } from '../../../model/compare/plan-words.ts'
import { profileOf } from '../../../model/workload/profile.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const plan = planOf(
  {
    model: 'meta-llama/Llama-3.3-70B-Instruct',
    workload: { from: 'profile', profile: profileOf(sampleTrace) },
  },
  facts,
)
const words = planWords(plan)

describe('the page of a plan', () => {
  const checkedOn = (name: RegExp) => words.rows.find(([option]) => name.test(option ?? ''))?.at(-1)

  test('a price that is cited has its date as well, and is called stale like any other', () => {
    expect(checkedOn(/on a three-year contract/)).toBe('2026-04-02, stale')
    expect(checkedOn(/bought$/)).toBe('2024-08, stale')
    expect(words.dates.join(' ')).toMatch(/h100-sxm-80gb bought \(2024-08\)/)
  })

  test('break-evens say how many GPUs carry the volume', () => {
    expect(words.breakEvens.join(' ')).toMatch(/tokens a month, on 8 GPUs/)
    expect(words.breakEvens.join(' ')).not.toMatch(/\bunits?\b/)
  })

  test('a flip is shown on its far side: the value that is printed changes the verdict', () => {
    for (const { flipsAt, value } of plan.result.comparison.flips.slice(0, 2)) {
      const shown = words.flips.map((sentence) =>
        Number(/ to ([\d.,]+) /.exec(sentence)?.[1]?.replaceAll(',', '')),
      )
      const beyond = shown.some(
        (number) =>
          flipsAt !== null &&
          (flipsAt < value ? number <= flipsAt : number >= flipsAt) &&
          Math.abs(number / flipsAt - 1) < 0.01,
      )
      expect(beyond, `${flipsAt} among ${shown}`).toBe(true)
    }
  })

  test('each line of bought servers names where its price is from', () => {
    const bought = plan.result.comparison.options.find(({ kind }) => kind === 'bought-servers')
    const titles = bought?.lines.map(({ name, source }) => [name, source?.date])
    expect(titles).toEqual([
      ['depreciation', '2024-08'],
      ['cost of capital', '2024-08'],
      ['power', '2026-04-26'],
      ['colocation', '2026'],
    ])
  })
})

describe('a way that cannot be taken is left out with its reason', () => {
  const excludedOf = (model: string, more: object = {}) =>
    planOf({ model, workload: { from: 'profile', profile: profileOf(sampleTrace) }, ...more }, facts).result
      .comparison.excluded

  test('own copies that no latency limit allows', () => {
    const excluded = excludedOf('meta-llama/Llama-3.3-70B-Instruct', { ttftMs: 1 })
    expect(excluded.map(({ kind }) => kind)).toEqual(['rented-gpus', 'rented-gpus', 'bought-servers'])
  })

  test('own copies of weights that nobody has', () => {
    const excluded = excludedOf('openai/gpt-4o')
    expect(excluded.map(({ kind }) => kind)).toEqual(['rented-gpus', 'rented-gpus', 'bought-servers'])
    for (const { reason } of excluded)
      expect(reason).toContain('the weights of "openai/gpt-4o" are not known here')
  })

  test('an API that nobody sells', () => {
    const known = facts
      .weightsIds()
      .find((id) => facts.tokenOffers({ kind: 'token', model: id }).length === 0)
    expect(excludedOf(known ?? '').find(({ kind }) => kind === 'token-api')?.reason).toContain(
      'the price book has no price of',
    )
  })
})
