import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { withBook } from '../../../data/price-book.ts'
import { answer, type Calculation, prepare } from '../../../model/calculation.ts'
import { gpuPrice } from '../../../model/gpu-price.ts'
import { ownPricesOf } from '../../../model/prices/own/own-prices.ts'
import { PriceListInput } from '../../../model/prices/own/price-list.ts'
import { tokenPrice } from '../../../model/token-price.ts'

const facts = withBook(bundledFacts('2026-11-25'))

/** The answer under a list of these entries, kept long before any public price was seen. */
const under = (entries: readonly unknown[], calculation: Calculation, input: object) => {
  const list = { ...PriceListInput.parse({ name: 'ours', entries }), savedOn: '2020-01-01' }
  const own = ownPricesOf(list, facts)
  const asked = prepare(calculation, { ...input, priceList: 'ours' })
  return answer(calculation, asked, { ...facts, ownPrices: () => own })
}

const rate = (over: object = {}) => ({
  kind: 'token-rate',
  model: 'gpt-4o',
  meter: 'input',
  seller: 'openai',
  amountPerMillionTokens: 2,
  ...over,
})

describe('prices of a list', () => {
  test('count however old the list is', () => {
    const gpu = { kind: 'gpu-rate', gpu: 'h100-sxm-80gb', seller: 'aws', amountPerGpuHour: 4 }
    expect(under([gpu], gpuPrice, { gpu: 'h100-sxm-80gb' }).value).toBe(4)
    expect(under([rate()], tokenPrice, { model: 'gpt-4o' }).value).toBe(2)
  })

  test('a rate comes before a percentage off the same seller, which still holds for other meters', () => {
    const entries = [rate(), { kind: 'discount', seller: 'openai', percentOff: 50 }]
    expect(under(entries, tokenPrice, { model: 'gpt-4o', meter: 'input' }).value).toBe(2)
    expect(under(entries, tokenPrice, { model: 'gpt-4o', meter: 'output', seller: 'openai' }).value).toBe(5)
  })

  test('hold on their days alone', () => {
    const entries = [rate({ validFrom: '2026-08-01', validUntil: '2026-09-01' })]
    const on = (asOf: string) => under(entries, tokenPrice, { model: 'gpt-4o', seller: 'openai', asOf }).value
    expect([on('2026-07-31'), on('2026-08-01'), on('2026-08-31'), on('2026-09-01')]).toEqual([2.5, 2, 2, 2.5])
  })

  test('a discount holds on its days alone', () => {
    const entries = [{ kind: 'discount', seller: 'openai', percentOff: 50, validUntil: '2026-09-01' }]
    const on = (asOf: string) => under(entries, tokenPrice, { model: 'gpt-4o', seller: 'openai', asOf }).value
    expect([on('2026-08-31'), on('2026-09-01')]).toEqual([1.25, 2.5])
  })

  test('the exchange rate of the day converts them', () => {
    const entries = [
      rate({ currency: 'EUR' }),
      { kind: 'exchange-rate', currency: 'EUR', usdPerUnit: 1.25, validFrom: '2026-08-01' },
      { kind: 'exchange-rate', currency: 'EUR', usdPerUnit: 1.5, validFrom: '2026-09-01' },
    ]
    const on = (asOf: string) => under(entries, tokenPrice, { model: 'gpt-4o', asOf }).value
    expect([on('2026-07-01'), on('2026-08-31'), on('2026-09-01')]).toEqual([2.5, 2.5, 3])
  })

  test('of another seller, tier, region or model they change nothing', () => {
    const input = { model: 'gpt-4o', seller: 'openai' }
    for (const over of [
      { seller: 'azure' },
      { serviceTier: 'batch' },
      { region: 'eu' },
      { model: 'gpt-4o-mini' },
    ]) {
      expect(under([rate(over)], tokenPrice, input).value).toBe(2.5)
    }
  })

  test('a model that only the list prices is priced', () => {
    const entries = [rate({ model: 'meta-llama/Llama-3.1-8B' })]
    const priced = under(entries, tokenPrice, { model: 'meta-llama/Llama-3.1-8B' })
    expect(priced.value).toBe(2)
    expect(priced.result).toMatchObject({ publicPrice: null })
  })
})
