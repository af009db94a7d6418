import { describe, expect, test, vi } from 'vitest'
import { Batcher, type Outcome } from '../../addin/functions/batcher.ts'
import { SheetError } from '../../addin/functions/sheet-error.ts'
import type { Call } from '../../addin/functions/sheet-function.ts'
import type { Answer } from '../../model/calculation.ts'

const answerTo = ({ id, input }: Call): Answer => ({
  id,
  value: Number(input.n),
  unit: 'USD',
  result: {},
  breakdown: [],
  assumptions: [],
  sources: [],
  interval: null,
  dataset: { version: 'test', pricesAsOf: '2026-11-24' },
})

function counting(send = async (calls: readonly Call[]): Promise<readonly Outcome[]> => calls.map(answerTo)) {
  const requests: (readonly Call[])[] = []
  const batcher = new Batcher({
    send: (calls) => {
      requests.push(calls)
      return send(calls)
    },
    gatherMilliseconds: 5,
    patienceMilliseconds: 60,
  })
  return { batcher, requests }
}

const price = (n: number): Call => ({ id: 'price', input: { n } })

describe('few requests', () => {
  test('5,000 cells over 40 keys: one request', async () => {
    const { batcher, requests } = counting()
    const asked = Array.from({ length: 5000 }, (_, cell) => batcher.ask(price(cell % 40)).answer)
    const values = (await Promise.all(asked)).map(({ value }) => value)
    expect(values).toEqual(Array.from({ length: 5000 }, (_, cell) => cell % 40))
    expect(requests.map((calls) => calls.length)).toEqual([40])
  })

  test('2,000 distinct keys: eight requests', async () => {
    const { batcher, requests } = counting()
    await Promise.all(Array.from({ length: 2000 }, (_, cell) => batcher.ask(price(cell)).answer))
    expect(requests).toHaveLength(8)
  })

  test('what was answered is not asked again, until a refresh', async () => {
    const { batcher, requests } = counting()
    await batcher.ask(price(1)).answer
    await batcher.ask(price(1)).answer
    expect(requests).toHaveLength(1)
    batcher.refresh()
    await batcher.ask(price(1)).answer
    expect(requests).toHaveLength(2)
  })

  test('the order of the fields does not make another key', async () => {
    const { batcher, requests } = counting()
    const one = batcher.ask({ id: 'price', input: { n: 1, seller: 'a' } }).answer
    const other = batcher.ask({ id: 'price', input: { seller: 'a', n: 1 } }).answer
    await Promise.all([one, other])
    expect(requests.map((calls) => calls.length)).toEqual([1])
  })
})

describe('a cell that is deleted while it waits', () => {
  test('leaves the queue: no request', async () => {
    const { batcher, requests } = counting()
    const { answer, cancel } = batcher.ask(price(1))
    cancel()
    await expect(answer).rejects.toThrow('withdrawn')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(requests).toHaveLength(0)
  })

  test('does not take the answer from another cell that waits for it', async () => {
    const { batcher } = counting()
    const deleted = batcher.ask(price(1))
    const other = batcher.ask(price(1))
    deleted.cancel()
    expect(await other.answer).toMatchObject({ value: 1 })
  })
})

describe('a service that does not answer', () => {
  test('is #N/A in time, and asked again at the next recalculation', async () => {
    const send = vi.fn(() => new Promise<readonly Outcome[]>(() => {}))
    const { batcher } = counting(send)
    const started = performance.now()
    await expect(batcher.ask(price(1)).answer).rejects.toMatchObject({
      code: '#N/A',
      message: 'The service did not answer within 0.06 seconds.',
    })
    expect(performance.now() - started).toBeLessThan(1000)
    send.mockImplementation(async () => [answerTo(price(1))])
    expect(await batcher.ask(price(1)).answer).toMatchObject({ value: 1 })
  })

  test('one that fails gives its sentence to every cell', async () => {
    const { batcher } = counting(() => Promise.reject(new SheetError('#N/A', 'No answer: it is closed.')))
    const answers = [batcher.ask(price(1)).answer, batcher.ask(price(2)).answer]
    const settled = await Promise.allSettled(answers)
    expect(settled.map((one) => one.status === 'rejected' && one.reason.message)).toEqual([
      'No answer: it is closed.',
      'No answer: it is closed.',
    ])
  })

  test('an answer that is too short leaves no cell waiting', async () => {
    const { batcher } = counting(async () => [])
    await expect(batcher.ask(price(1)).answer).rejects.toMatchObject({ code: '#N/A' })
  })
})
