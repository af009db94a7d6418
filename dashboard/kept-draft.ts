import type { Draft } from './question.ts'

/** What was being asked, kept over a reload. */
export interface KeptDraft {
  readonly draft: Draft
  readonly trafficName: string
}

const key = 'weighbridge-draft'

/** Storage may be full or forbidden: then a reload starts from the example. */
export function keepDraft(kept: KeptDraft): void {
  attempt(() => localStorage.setItem(key, JSON.stringify(kept)))
}

export const forgetDraft = (): void => {
  attempt(() => localStorage.removeItem(key))
}

export const keptDraft = (): KeptDraft | null =>
  attempt(() => JSON.parse(localStorage.getItem(key) ?? 'null')) ?? null

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
