/** A call `WEIGHTS.NAME(argument, …)` inside a formula. */
export interface SheetCall {
  readonly name: string
  readonly arguments: readonly string[]
  readonly start: number
  readonly end: number
}

/** The first call of our namespace outside a text, or undefined. */
export function firstCall(formula: string): SheetCall | undefined {
  const pattern = /\bWEIGHTS\.([A-Z]+)\s*\(/giy
  for (let place = 0; place < formula.length; place = afterText(formula, place)) {
    pattern.lastIndex = place
    const found = pattern.exec(formula)
    if (!found || /[\w.]/.test(formula[place - 1] ?? '')) continue
    const open = pattern.lastIndex
    const { parts, end } = argumentsFrom(formula, open)
    return { name: String(found[1]).toUpperCase(), arguments: parts, start: place, end }
  }
  return undefined
}

/** The arguments up to the bracket that closes, split at the commas that no inner bracket, brace or text holds. */
function argumentsFrom(formula: string, open: number): { parts: string[]; end: number } {
  const parts: string[] = []
  let depth = 0
  let start = open
  for (let place = open; place < formula.length; place = afterText(formula, place)) {
    const sign = formula[place]
    if (sign === ')' && depth === 0) {
      const last = formula.slice(start, place)
      if (parts.length > 0 || last.trim() !== '') parts.push(last)
      return { parts, end: place + 1 }
    }
    if (sign === '(' || sign === '{') depth += 1
    if (sign === ')' || sign === '}') depth -= 1
    if (sign === ',' && depth === 0) {
      parts.push(formula.slice(start, place))
      start = place + 1
    }
  }
  throw new Error('A bracket is not closed.')
}

/** The place after this sign, or after the text in quotation marks that begins here. */
function afterText(formula: string, place: number): number {
  if (formula[place] !== '"') return place + 1
  const close = formula.indexOf('"', place + 1)
  return close < 0 ? formula.length : close + 1
}

/** The cells of an array constant such as `{"lifeMonths",48;"usdPerKwh",0.1}`, or undefined for anything else. */
export function arrayConstant(expression: string): string[][] | undefined {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(expression)?.[1]
  if (inner === undefined) return undefined
  const rows: string[][] = [[]]
  let start = 0
  for (
    let place = 0;
    place <= inner.length;
    place = place === inner.length ? place + 1 : afterText(inner, place)
  ) {
    const sign = inner[place]
    if (sign !== undefined && sign !== ',' && sign !== ';') continue
    rows.at(-1)?.push(inner.slice(start, place))
    start = place + 1
    if (sign === ';') rows.push([])
  }
  return rows
}
