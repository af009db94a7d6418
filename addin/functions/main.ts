/**
 * The script of the custom functions, a classic script that Excel loads by itself or with the task pane. While it
 * loads it touches no DOM, no storage and no `Office`, so that it also runs in the runtime that has none of them.
 */
import { bundledFacts } from '../../data/dataset.ts'
import type { Facts } from '../../model/facts.ts'
import { Batcher } from './batcher.ts'
import { excelFunction } from './excel.ts'
import { askBatch } from './service.ts'
import { serviceSettings } from './settings.ts'
import { SheetError } from './sheet-error.ts'
import { sheetFunctions } from './sheet-functions.ts'

const batcher = new Batcher({ send: (calls, signal) => askBatch(serviceSettings(), calls, signal) })

let facts: Facts | undefined
/** The facts as of today; a workbook may stay open past midnight. */
function todaysFacts(): Facts {
  const today = new Date().toISOString().slice(0, 10)
  if (facts?.asOf !== today) facts = bundledFacts(today)
  return facts
}

for (const sheetFunction of sheetFunctions) {
  CustomFunctions.associate(
    sheetFunction.name,
    excelFunction(sheetFunction, {
      surroundings: (invocation) => ({
        facts: todaysFacts(),
        ask(call) {
          if (invocation?.isInValuePreview) {
            throw new SheetError('#N/A', 'The price is asked when the formula is entered.')
          }
          const { answer, cancel } = batcher.ask(call)
          if (invocation) invocation.onCanceled = cancel
          return answer
        },
      }),
    }),
  )
}
