import { element } from './element.ts'
import { runtime } from './runtime.ts'

const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 })

/** What a cell would show: the value, or the error with its sentence. */
export function content(value: unknown): string {
  const { code, message } = (value ?? {}) as { code?: string; message?: string }
  if (code !== undefined && message !== undefined) return `${code} ${message}`
  if (typeof value === 'number') return digits.format(value)
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
}

export const failure = (thrown: unknown): string => content(runtime().sheetErrorOf(thrown))

/** The rows of a spill, the first of them the heading. */
export function table(rows: readonly (readonly unknown[])[], caption: string): HTMLElement {
  const [heading = [], ...body] = rows
  const head = element('tr', {}, ...heading.map((cell) => element('th', { scope: 'col' }, content(cell))))
  const lines = body.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell) => element('td', typeof cell === 'number' ? { class: 'number' } : {}, content(cell))),
    ),
  )
  const made = element(
    'table',
    { 'aria-label': caption },
    element('thead', {}, head),
    element('tbody', {}, ...lines),
  )
  // A region that scrolls must be reachable by keyboard.
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, made)
}
