/**
 * Numbers as people read them: the only place that rounds. Everything else passes full doubles on.
 */

const significant = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: digits })

/** `$93,683`, `$1.90`, `$0.131`: whole dollars from 1,000, cents from 1, three digits below. */
export function usdText(value: number): string {
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size >= 1000) return `${sign}$${size.toLocaleString('en-US', { maximumFractionDigits: 0 })}`
  if (size >= 1 || size === 0) {
    return `${sign}$${size.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  }
  return `${sign}$${significant(size, 3)}`
}

const scales = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
] as const

/** `19.9B`, `235.7M`, `12,345`: four digits from a million on, whole numbers below. */
export function countText(value: number): string {
  const scale = scales.find(([size]) => Math.abs(value) >= size)
  if (scale) return `${significant(value / scale[0], 4)}${scale[1]}`
  return Math.abs(value) >= 100
    ? value.toLocaleString('en-US', { maximumFractionDigits: 0 })
    : significant(value, 3)
}

/** Every digit of a whole number, in groups: `235,714,286`. */
export const wholeText = (value: number): string => Math.round(value).toLocaleString('en-US')

/** `22.0%`, `0.35%`. */
export function percentText(ratio: number): string {
  const percent = ratio * 100
  const digits = Math.abs(percent) >= 1000 ? 0 : Math.abs(percent) >= 1 ? 1 : 2
  return `${percent.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}%`
}

/** A change with its sign: `+35.0%`, `−71.7%`. */
export const changeText = (ratio: number): string => `${ratio < 0 ? '−' : '+'}${percentText(Math.abs(ratio))}`

const digitsOf = (value: number): number => (value >= 1000 ? 4 : 3)

/** Three digits of any number: `0.551`, `6,360`. */
export const numberText = (value: number): string => significant(value, digitsOf(value))

/** The same, rounded away from another number: what lies beyond a limit is shown beyond it. */
export const numberTextBeyond = (value: number, from: number): string =>
  value.toLocaleString('en-US', {
    maximumSignificantDigits: digitsOf(value),
    roundingMode: value > from ? 'ceil' : 'floor',
  })

/** Beyond these, powers of ten read better than zeros. */
const plainFigures = { least: 1e-4, most: 1e15 }

/**
 * `70,000,000,000`, `0.745058`, `1.5e-7`: whole numbers in full and others to six digits, for a person who may go on
 * to compute with them.
 */
export function figureText(value: number): string {
  const size = Math.abs(value)
  if (size >= plainFigures.most || (size > 0 && size < plainFigures.least))
    return String(Number(value.toPrecision(6)))
  return Number.isInteger(value) ? value.toLocaleString('en-US') : significant(value, 6)
}
