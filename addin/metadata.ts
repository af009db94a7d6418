import type { Choices, Parameter, SheetFunction } from './functions/sheet-function.ts'
import { sheetFunctions } from './functions/sheet-functions.ts'
import { shortened } from './functions/shortened.ts'

/**
 * `functions.json`: what Excel knows of the functions before the script runs. Microsoft's generator reads TypeScript
 * sources and cannot know our catalog; writing the file is allowed ("Manually create JSON metadata",
 * docs/excel/custom-functions-json.md in OfficeDev/office-js-docs-pr).
 */
export const metadata = () => ({
  // Cards as arguments, and errors with our own sentence rather than Excel's bare one.
  allowCustomDataForDataTypeAny: true,
  allowErrorForDataTypeAny: true,
  functions: sheetFunctions.map(functionEntry),
  enums: enums(sheetFunctions.flatMap(({ parameters }) => parameters)),
})

const functionEntry = ({ name, description, parameters, spills, asks }: SheetFunction) => ({
  id: name,
  name,
  description: shortened(description),
  result: { type: 'any', dimensionality: spills ? 'matrix' : 'scalar' },
  parameters: parameters.map(parameterEntry),
  ...(asks && { options: { cancelable: true } }),
})

/**
 * `any`, so that a blank cell, a text number or an error reaches our own sentences; Excel offers names to choose from
 * only for `string`.
 */
const parameterEntry = ({ name, description, optional, range, repeating, choices }: Parameter) => ({
  name,
  description: shortened(description),
  type: choices ? 'string' : 'any',
  dimensionality: range ? 'matrix' : 'scalar',
  ...(optional && !repeating && { optional: true }),
  ...(repeating && { repeating: true }),
  ...(choices && { customEnumId: choices.id }),
})

function enums(parameters: readonly Parameter[]) {
  const byId = new Map(parameters.flatMap(({ choices }) => (choices ? [[choices.id, choices] as const] : [])))
  return [...byId.values()].map(enumEntry)
}

const enumEntry = ({ id, names }: Choices) => ({
  id,
  type: 'string',
  values: names.map((name) => ({ name, stringValue: name })),
})
