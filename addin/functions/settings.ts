import type { Service } from './service.ts'

const readKeyName = 'weighbridge.readKey'

/**
 * The server that this script came from, and the read key that the pane saved. Read at each request, never while the
 * script loads.
 */
export const serviceSettings = (): Service => ({
  address: new URL('../', location.href).href,
  readKey: storedReadKey(),
})

function storedReadKey(): string | null {
  try {
    return localStorage.getItem(readKeyName)
  } catch {
    return null
  }
}

/** An empty key forgets the one there was. */
export function saveReadKey(key: string): void {
  if (key === '') localStorage.removeItem(readKeyName)
  else localStorage.setItem(readKeyName, key)
}
