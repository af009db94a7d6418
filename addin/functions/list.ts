import type { Facts } from '../../model/facts.ts'
import { type PrecisionId, precisions } from '../../model/precision.ts'
import { quote } from '../../model/problem.ts'
import { sheetCalculations } from './calculation-argument.ts'
import { plainOf } from './cells.ts'
import { SheetError } from './sheet-error.ts'
import type { CellContent, SheetFunction } from './sheet-function.ts'

type Row = readonly CellContent[]

const kinds: Readonly<Record<string, (facts: Facts) => { heading: Row; rows: readonly Row[] }>> = {
  models: (facts) => ({
    heading: ['Model', 'Family', 'Licence', 'Released'],
    rows: facts.weightsIds().map((id) => {
      const known = facts.weights(id)
      return [id, known?.family ?? '', known?.licence ?? '', known?.releasedOn ?? '']
    }),
  }),
  gpus: (facts) => ({
    heading: ['GPU', 'Name', 'Maker', 'Memory on its label (GB)', 'Power (W)'],
    rows: facts
      .gpus()
      .map(({ id, name, maker, memoryLabelGb, powerWatts }) => [
        id,
        name,
        maker,
        memoryLabelGb ?? '',
        powerWatts ?? '',
      ]),
  }),
  precisions: () => ({
    heading: ['Precision', 'Bits per weight', 'Scales'],
    rows: Object.keys(precisions).map((id) => {
      const { bitsPerWeight, scales } = precisions[id as PrecisionId]
      return [id, bitsPerWeight, scales]
    }),
  }),
  functions: () => ({
    heading: ['Calculation', 'What'],
    rows: sheetCalculations.map(({ id, summary }) => [id, summary]),
  }),
}
const kindNames = Object.keys(kinds)

/** `=WEIGHTS.LIST("gpus","h100")`: the names that other functions take. */
export const list: SheetFunction = {
  name: 'LIST',
  description: 'The models, GPUs, precisions or functions there are',
  parameters: [
    {
      name: 'kind',
      description: kindNames.join(', '),
      optional: false,
      range: false,
      repeating: false,
      choices: { id: 'KIND', names: kindNames },
    },
    {
      name: 'filter',
      description: 'Only rows that contain this text',
      optional: true,
      range: false,
      repeating: false,
    },
  ],
  spills: true,
  asks: false,
  example: ['gpus', 'h100'],
  evaluate([kindCell, filterCell], { facts }) {
    const kind = plainOf(kindCell, 'kind')
    const table = kinds[String(kind ?? '').toLowerCase()]
    if (!table) {
      const given = kind === undefined ? 'kind is missing' : `kind: ${quote(kind)} is not accepted`
      throw new SheetError('#VALUE!', `${given}; accepted: ${kindNames.join(', ')}.`)
    }
    const filter = String(plainOf(filterCell, 'filter') ?? '').toLowerCase()
    const { heading, rows } = table(facts)
    const found = rows.filter((row) => row.some((cell) => String(cell).toLowerCase().includes(filter)))
    if (found.length === 0) throw new SheetError('#N/A', `filter: no ${kind} contain ${quote(filter)}.`)
    return [heading, ...found]
  },
}
