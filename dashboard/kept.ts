import type { Draft } from './question.ts'

/** What this browser keeps. Storage may be full or forbidden: then a reload starts afresh, and nothing else is lost. */
function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

const read = <Value>(key: string): Value | null =>
  attempt(() => JSON.parse(localStorage.getItem(key) ?? 'null') as Value | null) ?? null
const write = (key: string, value: unknown): boolean =>
  attempt(() => {
    localStorage.setItem(key, JSON.stringify(value))
    return true
  }) ?? false

/** What was being asked, kept over a reload: one draft for each address. */
export interface KeptDraft {
  readonly draft: Draft
  readonly trafficName: string
}

const draftKey = (): string => `weighbridge-draft ${location.pathname}`

export const keepDraft = (kept: KeptDraft): boolean => write(draftKey(), kept)
export const keptDraft = (): KeptDraft | null => read(draftKey())
export const forgetDraft = (): void => {
  attempt(() => localStorage.removeItem(draftKey()))
}

/** A scenario that was saved or opened here, with its edit key where this browser made it. */
export interface KnownScenario {
  readonly id: string
  readonly name: string
  readonly editKey: string | null
}

const scenariosKey = 'weighbridge-scenarios'

export const knownScenarios = (): readonly KnownScenario[] => read<KnownScenario[]>(scenariosKey) ?? []

/** The newest first; a key that is known already is not forgotten. */
export function rememberScenario({ id, name, editKey }: KnownScenario): boolean {
  const known = knownScenarios()
  const before = known.find((one) => one.id === id)
  const entry = { id, name, editKey: editKey ?? before?.editKey ?? null }
  return write(scenariosKey, [entry, ...known.filter((one) => one.id !== id)])
}
