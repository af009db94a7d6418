import { SheetError, sheetErrorOf } from './sheet-error.ts'
import type {
  CellContent,
  EntityCard,
  Filling,
  Scalar,
  SheetFunction,
  Surroundings,
} from './sheet-function.ts'

/** What Excel passes after the arguments. */
interface Invocation {
  readonly functionName?: string
  readonly isInValuePreview?: boolean
  onCanceled?: () => void
}

/** What a call can reach: its own invocation carries the way to withdraw a question. */
type SurroundingsOf = (invocation: Invocation | undefined) => Surroundings

/**
 * A function as Excel calls it. Excel adds its invocation object after the arguments it has, which may be fewer than
 * there are now (a workbook from before an argument was added): the last value is always that object.
 */
export function excelFunction(
  sheetFunction: SheetFunction,
  surroundingsOf: SurroundingsOf,
): (...given: unknown[]) => unknown {
  return (...given) => {
    const invocation = given.at(-1) as Invocation | undefined
    const cells = argumentsOf(sheetFunction, given.slice(0, -1))
    try {
      const filling = sheetFunction.evaluate(cells, surroundingsOf(invocation))
      return filling instanceof Promise
        ? filling.then(shown, (thrown: unknown) => Promise.reject(excelError(sheetErrorOf(thrown))))
        : shown(filling)
    } catch (thrown) {
      throw excelError(sheetErrorOf(thrown))
    }
  }
}

/** A repeating argument arrives as one list of all that were given. */
function argumentsOf({ parameters }: SheetFunction, given: readonly unknown[]): readonly unknown[] {
  const last = parameters.length - 1
  if (!parameters[last]?.repeating || given.length <= last) return given
  const repeated = given[last]
  return [...given.slice(0, last), ...(Array.isArray(repeated) ? repeated : [repeated])]
}

/** Looked up when it is needed: outside Excel the name is missing, and office.js alone defines half of it. */
const excelError = ({ code, message }: SheetError): CustomFunctions.Error => {
  const { Error: ExcelError, ErrorCode } = CustomFunctions
  return new ExcelError(code === '#N/A' ? ErrorCode.notAvailable : ErrorCode.invalidValue, message)
}

function shown(filling: Filling): unknown {
  if (typeof filling !== 'object') return filling
  return isCard(filling) ? entity(filling) : filling.map((row) => row.map(cell))
}

const isCard = (filling: object): filling is EntityCard => 'properties' in filling

/** NaN, Infinity and undefined inside an array become blank cells, without a word: they are errors here. */
function cell(content: CellContent): unknown {
  if (content instanceof SheetError) return excelError(content)
  if (typeof content === 'number' && !Number.isFinite(content)) {
    return excelError(new SheetError('#VALUE!', 'This value is not a finite number.'))
  }
  return content ?? excelError(new SheetError('#N/A', 'This value is unknown.'))
}

const typed = (value: Scalar) => ({
  type: typeof value === 'number' ? 'Double' : typeof value === 'boolean' ? 'Boolean' : 'String',
  basicValue: value,
})

/** Excel's EntityCellValue: where cards are not known it shows #VALUE!. */
const entity = ({ text, properties }: EntityCard): unknown => ({
  type: 'Entity',
  text,
  basicType: 'Error',
  basicValue: '#VALUE!',
  properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, typed(value)])),
})
