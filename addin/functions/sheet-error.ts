import { InputProblem } from '../../model/problem.ts'

/** Only these two may carry a sentence in Excel (docs/excel/custom-functions-errors.md, OfficeDev/office-js-docs-pr). */
export type ErrorCode = '#VALUE!' | '#N/A'

/** An error that a cell shows, with the sentence behind it. */
export class SheetError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, sentence: string) {
    super(sentence)
    this.name = 'SheetError'
    this.code = code
  }
}

/** Whatever was thrown, as a cell shows it: an unknown name is #N/A, everything else is #VALUE!. */
export function sheetErrorOf(thrown: unknown): SheetError {
  if (thrown instanceof SheetError) return thrown
  if (thrown instanceof InputProblem) {
    const onlyUnknown = thrown.complaints.every(({ kind }) => kind === 'unknown')
    return new SheetError(onlyUnknown ? '#N/A' : '#VALUE!', thrown.message)
  }
  return new SheetError('#VALUE!', `This could not be computed: ${messageOf(thrown)}`)
}

/** By its shape: an error may come from another window, whose `Error` is not ours. */
export const messageOf = (cause: unknown): string =>
  cause !== null && typeof cause === 'object' && 'message' in cause ? String(cause.message) : String(cause)
