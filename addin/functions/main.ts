/**
 * The script of the custom functions, a classic script that Excel loads by itself or with the task pane. While it
 * loads it touches no DOM, no storage and no `Office`, so that it also runs in the runtime that has none of them.
 * What it exports is the global `weighbridge`, which the pane uses: one memory, one queue of questions.
 */
import { bundledFacts } from '../../data/dataset.ts'
import type { Facts } from '../../model/facts.ts'
import { Batcher } from './batcher.ts'
import { excelFunction } from './excel.ts'
import { askBatch, serviceAddress } from './service.ts'
import { SheetError } from './sheet-error.ts'
import type { Surroundings } from './sheet-function.ts'
import { sheetFunctions } from './sheet-functions.ts'

export { sheetErrorOf } from './sheet-error.ts'
export { sheetFunctions }

const batcher = new Batcher({ send: (calls, signal) => askBatch(serviceAddress(), calls, signal) })

/** Every price is asked anew at the next recalculation. */
export const forgetPrices = (): void => batcher.refresh()

let facts: Facts | undefined
/** The facts as of today; a workbook may stay open past midnight. */
function todaysFacts(): Facts {
  const today = new Date().toISOString().slice(0, 10)
  if (facts?.asOf !== today) facts = bundledFacts(today)
  return facts
}

/** For the pane, which cancels nothing. */
export const surroundings = (): Surroundings => ({
  facts: todaysFacts(),
  ask: (call) => batcher.ask(call).answer,
})

// A page outside Excel without office.js has no such name.
if (typeof CustomFunctions !== 'undefined') {
  for (const sheetFunction of sheetFunctions) {
    CustomFunctions.associate(
      sheetFunction.name,
      excelFunction(sheetFunction, (invocation) => ({
        facts: todaysFacts(),
        ask(call) {
          if (invocation?.isInValuePreview) {
            throw new SheetError('#N/A', 'The price is asked when the formula is entered.')
          }
          const { answer, cancel } = batcher.ask(call)
          if (invocation) invocation.onCanceled = cancel
          return answer
        },
      })),
    )
  }
}
