import { arrayConstant, firstCall, type SheetCall } from '../../addin/functions/formula-calls.ts'
import { SheetError, sheetErrorOf } from '../../addin/functions/sheet-error.ts'
import type { CellContent, EntityCard, Filling, Surroundings } from '../../addin/functions/sheet-function.ts'
import { sheetFunctions } from '../../addin/functions/sheet-functions.ts'
import { evaluateNatively, type NativeValue } from './engine.ts'

type Cells = readonly (readonly CellContent[])[]

/**
 * What a cell with this formula shows: our functions by our own code, all others by IronCalc, an engine of its own.
 * The innermost call is computed first and its value put in its place.
 *
 * @throws SheetError where the cell shows an error, with the sentence of the function it came from.
 */
export async function evaluateFormula(
  formula: string,
  surroundings: Surroundings,
): Promise<Exclude<NativeValue, object> | Cells> {
  const expression = formula.trim().replace(/^=/, '')
  const whole = firstCall(expression)
  if (whole && expression.slice(0, whole.start).trim() === '' && expression.slice(whole.end).trim() === '') {
    const filling = await calledValue(whole, surroundings)
    return isCard(filling) ? filling.text : filling
  }
  const sentences: SheetError[] = []
  const value = evaluateNatively(await spliced(expression, surroundings, sentences))
  if (typeof value !== 'object') return value
  throw sentences.findLast(({ code }) => code === value.error) ?? nativeError(value.error)
}

/** The expression with each of our calls replaced by its value. */
async function spliced(
  expression: string,
  surroundings: Surroundings,
  sentences: SheetError[],
): Promise<string> {
  const call = firstCall(expression)
  if (!call) return expression
  const value = await calledValue(call, surroundings).then(literal, (thrown: unknown) => {
    const error = sheetErrorOf(thrown)
    sentences.push(error)
    return error.code
  })
  const rest = await spliced(expression.slice(call.end), surroundings, sentences)
  return `${expression.slice(0, call.start)}${value}${rest}`
}

async function calledValue(call: SheetCall, surroundings: Surroundings): Promise<Filling> {
  const found = sheetFunctions.find(({ name }) => name === call.name)
  if (!found)
    throw new SheetError(
      '#VALUE!',
      `There is no function WEIGHTS.${call.name}; WEIGHTS.LIST("functions") lists them.`,
    )
  const { parameters } = found
  if (call.arguments.length > parameters.length && !parameters.at(-1)?.repeating) {
    throw new SheetError(
      '#VALUE!',
      `WEIGHTS.${call.name} takes at most ${parameters.length} arguments; ${call.arguments.length} were given.`,
    )
  }
  const cells = await Promise.all(call.arguments.map((argument) => argumentValue(argument, surroundings)))
  return found.evaluate(cells, surroundings)
}

async function argumentValue(argument: string, surroundings: Surroundings): Promise<unknown> {
  if (argument.trim() === '') return null
  const rows = arrayConstant(argument)
  if (rows)
    return Promise.all(rows.map((row) => Promise.all(row.map((cell) => argumentValue(cell, surroundings)))))
  const inner: SheetError[] = []
  const value = evaluateNatively(await spliced(argument, surroundings, inner))
  if (typeof value !== 'object') return value
  const sentence = inner.findLast(({ code }) => code === value.error)
  if (sentence) throw sentence
  return { type: 'Error', basicValue: value.error }
}

const isCard = (filling: Filling): filling is EntityCard =>
  typeof filling === 'object' && 'properties' in filling

/** A value as a formula writes it. */
function literal(filling: Filling | CellContent): string {
  if (filling instanceof SheetError) return filling.code
  if (typeof filling === 'number') return `(${filling})`
  if (typeof filling === 'boolean') return filling ? 'TRUE' : 'FALSE'
  if (typeof filling === 'string') return `"${filling.replaceAll('"', '""')}"`
  if (isCard(filling)) return literal(filling.text)
  return `{${filling.map((row) => row.map((cell) => literal(cell).replaceAll(/^\(|\)$/g, '')).join(',')).join(';')}}`
}

const nativeSentences: Readonly<Record<string, string>> = {
  '#NAME?': 'The formula names a function that is not known here.',
  '#ERROR!': 'The formula could not be read.',
  '#DIV/0!': 'A number is divided by zero.',
}

/** A native error has a code of its own, which goes before the sentence. */
const nativeError = (code: string): Error => new Error(`${code} ${nativeSentences[code] ?? ''}`.trim())
