import { arrayConstant, type SheetCall } from '../functions/formula-calls.ts'

type Read = (reference: string) => Promise<readonly (readonly unknown[])[]>

const referencePattern = /^(('[^']+'|[\w.]+)!)?\$?[a-z]{1,3}\$?\d+(:\$?[a-z]{1,3}\$?\d+)?$/i

/**
 * The values of a call's arguments: constants as they are written, references as the workbook has them.
 *
 * @throws when an argument is itself a calculation: only the workbook can compute that.
 */
export const argumentValues = (call: SheetCall, read: Read): Promise<unknown[]> =>
  Promise.all(call.arguments.map((text) => argumentValue(text.trim(), read)))

async function argumentValue(text: string, read: Read): Promise<unknown> {
  if (text === '') return null
  const rows = arrayConstant(text)
  if (rows) return rows.map((row) => row.map((cell) => constant(cell.trim())))
  const value = constant(text)
  if (value !== undefined) return value
  if (!referencePattern.test(text)) {
    throw new Error(`${text} is a calculation of its own; put it into a cell and refer to that.`)
  }
  const values = await read(text)
  return values.length === 1 && values[0]?.length === 1 ? values[0][0] : values
}

function constant(text: string): number | string | boolean | undefined {
  if (/^".*"$/s.test(text)) return text.slice(1, -1).replaceAll('""', '"')
  if (/^true$/i.test(text)) return true
  if (/^false$/i.test(text)) return false
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
}
