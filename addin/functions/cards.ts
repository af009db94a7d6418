import { gpuOf } from '../../model/gpu-field.ts'
import { quote, unknown } from '../../model/problem.ts'
import { plainOf } from './cells.ts'
import { gpuChoices } from './choices.ts'
import { SheetError } from './sheet-error.ts'
import type { EntityCard, Parameter, Scalar, SheetFunction } from './sheet-function.ts'

const idArgument = (description: string): Parameter => ({
  name: 'id',
  description,
  optional: false,
  range: false,
  repeating: false,
})

function idIn(cell: unknown): string {
  const id = plainOf(cell, 'id')
  if (id === undefined) throw new SheetError('#VALUE!', 'id is missing.')
  if (typeof id !== 'string') throw new SheetError('#VALUE!', `id: ${quote(id)} is not a text.`)
  return id
}

/** What is known; a property that no source states is left out. */
const card = (text: string, properties: Readonly<Record<string, Scalar | null | undefined>>): EntityCard => ({
  text,
  properties: Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Scalar] => entry[1] != null),
  ),
})

/** `=WEIGHTS.MODEL("meta-llama/Llama-3.3-70B-Instruct")`: a card whose text is the id. */
export const model: SheetFunction = {
  name: 'MODEL',
  description: 'A card of one model: family, licence, release and source; its text is the id',
  parameters: [idArgument('An id such as meta-llama/Llama-3.3-70B-Instruct')],
  spills: false,
  asks: false,
  example: ['meta-llama/Llama-3.3-70B-Instruct'],
  evaluate([cell], { facts }) {
    const id = idIn(cell)
    const weights = facts.weights(id)
    if (!weights) throw unknown('id', 'model', id, facts.weightsIds())
    return card(weights.id, {
      id: weights.id,
      family: weights.family,
      licence: weights.licence,
      'released on': weights.releasedOn,
      source: weights.source,
    })
  },
}

/** `=WEIGHTS.GPU("h100-sxm-80gb")`: a card whose text is the id. */
export const gpu: SheetFunction = {
  name: 'GPU',
  description: 'A card of one GPU: memory, bandwidth, power, source and date; its text is the id',
  parameters: [{ ...idArgument('An id such as h100-sxm-80gb'), choices: gpuChoices }],
  spills: false,
  asks: false,
  example: ['h100-sxm-80gb'],
  evaluate([cell], { facts }) {
    const known = gpuOf(idIn(cell), facts)
    return card(known.id, {
      id: known.id,
      name: known.name,
      maker: known.maker,
      architecture: known.architecture,
      'memory on its label (GB)': known.memoryLabelGb,
      'memory it reports (bytes)': known.memoryBytesReported,
      'memory bandwidth (bytes/second)': known.memoryBytesPerSecond,
      'power (watts)': known.powerWatts,
      interconnect: known.interconnect,
      source: known.source,
      'checked on': known.checkedOn,
    })
  },
}
