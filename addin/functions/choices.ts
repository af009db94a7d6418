import { gpus } from '../../data/dataset.ts'
import type { Calculation } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { excelName, type Field, positionalFields } from '../../model/fields.ts'
import type { Choices } from './sheet-function.ts'

/** Ids of GPUs are names to choose from, although any of a GPU's other names is taken too. */
export const gpuChoices: Choices = { id: 'GPU', names: gpus.map(({ id }) => id) }

/** The choices of a field: the options of its schema, or the GPUs there are. */
export function choicesOf(calculation: Calculation, field: Field): Choices | undefined {
  if (field.name === 'gpu' && field.type === 'string') return gpuChoices
  if (!field.options) return undefined
  return { id: choicesId(calculation, field, field.options), names: field.options }
}

/** `PRECISION` where every field of that name has the same options, else `COMPARE.UNIT`. */
function choicesId(calculation: Calculation, { name }: Field, options: readonly string[]): string {
  const alike = catalog
    .flatMap((other) => positionalFields(other))
    .filter((other) => other.name === name && other.options)
  const shared = alike.every((other) => String(other.options) === String(options))
  return shared ? name.toUpperCase() : `${excelName(calculation.id)}.${name.toUpperCase()}`
}
