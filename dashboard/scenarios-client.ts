import type { Plan } from '../model/compare/plan.ts'
import type { Rebase } from '../model/compare/rebase.ts'

/** A scenario as the API tells it, where it holds a plan. */
export interface SavedScenario {
  readonly id: string
  readonly revision: number
  readonly name: string
  readonly note: string
  readonly calculation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly answer: Plan
  readonly engineVersion: string
  readonly savedAt: string
}

export interface ScenarioBody {
  readonly name: string
  readonly note: string
  readonly input: unknown
}

/** Somebody else saved first: what they saved. */
export class Conflict extends Error {
  readonly current: SavedScenario

  constructor(current: SavedScenario, sentence: string) {
    super(sentence)
    this.name = 'Conflict'
    this.current = current
  }
}

const address = (id = ''): string => `/v1/scenarios${id === '' ? '' : `/${encodeURIComponent(id)}`}`

/** @throws Error with the sentence of the server, or one that says that it did not answer. */
async function send<Body>(path: string, init: RequestInit = {}): Promise<Body> {
  const response = await fetch(path, init).catch(() => {
    throw new Error(
      'The server could not be reached. Nothing was saved; what you wrote is kept in this browser.',
    )
  })
  const body = await response.json().catch(() => ({}))
  if (response.status === 412) throw new Conflict(body.current, body.detail)
  if (!response.ok) throw new Error(body.detail ?? `The server answers ${response.status}.`)
  return body
}

const json = { 'content-type': 'application/json' }

export const createScenario = (body: ScenarioBody): Promise<SavedScenario & { readonly editKey: string }> =>
  send(address(), { method: 'POST', headers: json, body: JSON.stringify({ calculation: 'plan', ...body }) })

export const readScenario = (id: string): Promise<SavedScenario> => send(address(id))

export const replaceScenario = (change: {
  readonly id: string
  readonly revision: number
  readonly editKey: string
  readonly body: ScenarioBody
}): Promise<SavedScenario> =>
  send(address(change.id), {
    method: 'PUT',
    headers: { ...json, authorization: `Bearer ${change.editKey}`, 'if-match': `"${change.revision}"` },
    body: JSON.stringify({ calculation: 'plan', ...change.body }),
  })

export const rebaseScenario = (id: string): Promise<{ readonly moved: Rebase | null }> =>
  send(`${address(id)}/rebase`)
