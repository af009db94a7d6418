/** What stands at a path of a parsed JSON value; undefined where the path ends before. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const step of path) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined
    here = new Map(Object.entries(here)).get(step)
  }
  return here
}

/** The number at a path, or null: text that is a number counts, as some tools write it. */
export function numberAt(value: unknown, ...path: readonly string[]): number | null {
  const found = at(value, ...path)
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
