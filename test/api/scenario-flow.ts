import { expect, test } from 'vitest'
import type { Ask } from './case.ts'

const json = { 'content-type': 'application/json' }
const workload = {
  from: 'tokens',
  tokensPerMonth: 2_000_000,
  inputTokensPerRequest: 1000,
  outputTokensPerRequest: 1000,
}
const question = { name: 'Quote of May', input: { model: 'openai/gpt-4o', seller: 'openai', workload } }

/** Saving, reading, changing and deleting, with everything that can go wrong on the way. */
export function scenarioFlow(ask: Ask): void {
  const create = async (body: unknown = question) => {
    const response = await ask('/v1/scenarios', { method: 'POST', headers: json, body: JSON.stringify(body) })
    return { response, scenario: await response.json() }
  }
  const change = (
    method: string,
    id: string,
    { key, seen, body }: { key?: string; seen?: number; body?: unknown },
  ) =>
    ask(`/v1/scenarios/${id}`, {
      method,
      headers: {
        ...json,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(seen !== undefined && { 'if-match': `"${seen}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  test('a question is saved with its answer, and read by its address alone', async () => {
    const { response, scenario } = await create()
    expect(response.status).toBe(201)
    expect(scenario.id).toMatch(/^[\w-]{22}$/)
    expect(scenario.editKey).toMatch(/^[\w-]{43}$/)
    expect(scenario.answer.value).toBeCloseTo(12.5, 10)
    const read = await ask(response.headers.get('location') ?? '', {})
    expect(read.headers.get('etag')).toBe('"1"')
    const { editKey: _, ...told } = scenario
    expect(await read.json()).toEqual(told)
  })

  test('nobody finds a scenario without its address', async () => {
    expect((await ask('/v1/scenarios/AAAAAAAAAAAAAAAAAAAAAA', {})).status).toBe(404)
    expect((await ask('/v1/scenarios', {})).status).toBe(405)
  })

  test('two people save: the second is told, and shown both; nothing is lost', async () => {
    const { scenario } = await create()
    const { id, editKey: key } = scenario
    const first = await change('PUT', id, { key, seen: 1, body: { ...question, name: 'First' } })
    expect(first.status).toBe(200)
    expect(first.headers.get('etag')).toBe('"2"')
    const second = await change('PUT', id, { key, seen: 1, body: { ...question, name: 'Second' } })
    expect(second.status).toBe(412)
    expect((await second.json()).current.name).toBe('First')
    const again = await change('PUT', id, { key, seen: 2, body: { ...question, name: 'Second' } })
    expect(await again.json()).toMatchObject({ name: 'Second', revision: 3 })
  })

  test.each([
    ['without a key', {}, 401],
    ['without the revision that was seen', { key: 'x' }, 428],
    ['with another key', { key: 'x', seen: 1 }, 403],
  ] as const)('a change %s is refused', async (_name, how, status) => {
    const { scenario } = await create()
    const refused = await change('DELETE', scenario.id, how)
    expect(refused.status).toBe(status)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect((await ask(`/v1/scenarios/${scenario.id}`, {})).status).toBe(200)
  })

  test('deleting deletes', async () => {
    const { scenario } = await create()
    const { id, editKey: key } = scenario
    expect((await change('DELETE', id, { key, seen: 1 })).status).toBe(204)
    expect((await ask(`/v1/scenarios/${id}`, {})).status).toBe(404)
    expect((await change('DELETE', id, { key, seen: 1 })).status).toBe(404)
  })

  test('what cannot be answered is not saved', async () => {
    const { response, scenario } = await create({ ...question, input: { model: 'openai/gpt-4o' } })
    expect(response.status).toBe(422)
    expect(scenario.errors[0].pointer).toBe('#/workload')
    const other = await create({ ...question, calculation: 'plam' })
    expect(other.scenario.detail).toContain('Did you mean "plan"?')
  })

  test("rebased to today's prices, the differences add up", async () => {
    const { scenario } = await create({ ...question, input: { ...question.input, asOf: '2025-06-01' } })
    const { answer, moved } = await (await ask(`/v1/scenarios/${scenario.id}/rebase`, {})).json()
    expect(answer.value).toBeCloseTo(12.5, 10)
    expect(moved.isSameVerdict).toBe(true)
    for (const option of moved.options) {
      const sum = option.lines.reduce(
        (total: number, line: { differenceUsdPerMonth: number }) => total + line.differenceUsdPerMonth,
        0,
      )
      expect(sum).toBeCloseTo(option.differenceUsdPerMonth, 9)
    }
    const again = await (await ask(`/v1/scenarios/${scenario.id}`, {})).json()
    expect(again.answer).toEqual(scenario.answer)
  })
}
