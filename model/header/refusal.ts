import { type InputProblem, invalid } from '../problem.ts'

/** A file whose header cannot be believed: one sentence that says which statement in it is wrong. */
export const refusal = (sentence: string): InputProblem => invalid('file', `file: ${sentence}`)
