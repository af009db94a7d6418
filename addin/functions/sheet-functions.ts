import { calculationFunction } from './calculate.ts'
import { sheetCalculations } from './calculation-argument.ts'
import { gpu, model } from './cards.ts'
import { explain } from './explain.ts'
import { list } from './list.ts'
import { sensitivity } from './sensitivity.ts'
import type { SheetFunction } from './sheet-function.ts'
import { version } from './version.ts'

/** Every function of the namespace: one for each calculation, and those that only a sheet needs. */
export const sheetFunctions: readonly SheetFunction[] = [
  ...sheetCalculations.map(calculationFunction),
  explain,
  sensitivity,
  list,
  model,
  gpu,
  version,
]
