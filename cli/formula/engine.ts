import { readFileSync } from 'node:fs'
import { initSync, Model } from '@ironcalc/wasm'

/** An error value of a native function, such as #DIV/0!. */
interface NativeError {
  readonly error: string
}
export type NativeValue = number | string | boolean | NativeError

/** What `getCellType` answers, as Excel's TYPE does. */
const cellTypes = { number: 1, boolean: 4, error: 16 }

let model: Model | undefined
function sheet(): Model {
  if (!model) {
    initSync({ module: readFileSync(new URL(import.meta.resolve('@ironcalc/wasm/wasm_bg.wasm'))) })
    model = new Model('formula', 'en', 'UTC', 'en')
  }
  return model
}

/** The value of an expression of native functions, by IronCalc. */
export function evaluateNatively(expression: string): NativeValue {
  sheet().setUserInput(0, 1, 1, `=${expression}`)
  sheet().evaluate()
  const text = sheet().getFormattedCellValue(0, 1, 1)
  switch (sheet().getCellType(0, 1, 1)) {
    case cellTypes.number:
      return exactNumber()
    case cellTypes.boolean:
      return text === 'TRUE'
    case cellTypes.error:
      return { error: text }
    default:
      return text
  }
}

/**
 * The number in A1 to its last bit: a cell shows 9 digits, so it is read as two integers of 26 bits. Scaling by a
 * power of two is exact.
 */
function exactNumber(): number {
  const magnitude = Number(textOf('IFERROR(INT(LOG(ABS(A1),2)),0)'))
  // Beyond what one scale factor can hold.
  if (magnitude < -950) return Number(textOf('A1'))
  const scaled = `(A1*${2 ** (26 - magnitude)})`
  const high = Number(textOf(`TRUNC(${scaled})`))
  const low = Number(textOf(`TRUNC((${scaled}-TRUNC(${scaled}))*${2 ** 27})`))
  return (high + low / 2 ** 27) * 2 ** (magnitude - 26)
}

function textOf(expression: string): string {
  sheet().setUserInput(0, 2, 1, `=${expression}&""`)
  sheet().evaluate()
  return sheet().getFormattedCellValue(0, 2, 1)
}
