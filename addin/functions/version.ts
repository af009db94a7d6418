import { plainOf } from './cells.ts'
import { SheetError } from './sheet-error.ts'
import type { SheetFunction } from './sheet-function.ts'

/** Any calculation's answer carries the date of the newest price; this one costs the server the least. */
const cheapestCall = { id: 'bits', input: { precision: 'bf16' } }

/** `=WEIGHTS.VERSION()`: the version of the bundled facts; `"prices"` asks the server for the date of its prices. */
export const version: SheetFunction = {
  name: 'VERSION',
  description: 'Version of the bundled facts, or the date of the newest price of the service',
  parameters: [
    {
      name: 'what',
      description: 'data (default) or prices',
      optional: true,
      range: false,
      repeating: false,
      choices: { id: 'VERSION.WHAT', names: ['data', 'prices'] },
    },
  ],
  spills: false,
  asks: true,
  example: [],
  evaluate([cell], { facts, ask }) {
    const what = String(plainOf(cell, 'what') ?? 'data').toLowerCase()
    if (what === 'data') return facts.version
    if (what !== 'prices')
      throw new SheetError('#VALUE!', `what: ${what} is not accepted; accepted: data, prices.`)
    return ask(cheapestCall).then(({ dataset: { pricesAsOf } }) => {
      if (pricesAsOf === null) throw new SheetError('#N/A', 'The service has no prices yet.')
      return pricesAsOf
    })
  },
}
