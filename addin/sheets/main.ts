/**
 * The functions for Google Sheets: one script without a loader, for an engine that has no page, no timers and no
 * fetch. What needs the server is asked by `fetchText`, which Sheets answers from `UrlFetchApp`.
 */
import { bundledFacts } from '../../data/dataset.ts'
import { SheetError, sheetErrorOf } from '../functions/sheet-error.ts'
import type { CellContent, Filling } from '../functions/sheet-function.ts'
import { sheetFunctions } from '../functions/sheet-functions.ts'

interface Server {
  readonly today: string
  /** Posts a body and gives the text of the answer. */
  fetchText(body: string): string
}

/** What a cell shows. @throws Error whose message begins with the error that Excel would show. */
export function evaluate(name: string, cells: readonly unknown[], server: Server): unknown {
  try {
    const found = sheetFunctions.find((one) => one.name === name)
    if (!found) throw new SheetError('#VALUE!', `There is no function ${name}.`)
    const plain = cells.map(withoutDates)
    let asked = false
    const filling = found.evaluate(plain, {
      facts: bundledFacts(server.today),
      ask: () => {
        asked = true
        return new Promise<never>(() => {})
      },
    })
    // A promise cannot be waited for here: the server does the whole.
    return asked || filling instanceof Promise ? fromServer(name, plain, server) : shown(filling)
  } catch (thrown) {
    const { code, message } = sheetErrorOf(thrown)
    throw new Error(`${code} ${message}`)
  }
}

function fromServer(name: string, cells: readonly unknown[], { fetchText }: Server): unknown {
  const { value, rows, error, sentence } = JSON.parse(fetchText(JSON.stringify({ name, cells })))
  if (error !== undefined) throw new SheetError(error, sentence)
  return rows ?? value
}

function shown(filling: Filling): unknown {
  if (typeof filling !== 'object') return filling
  if ('properties' in filling) return filling.text
  return filling.map((row) => row.map(cellOf))
}

const cellOf = (content: CellContent): unknown =>
  content instanceof SheetError ? `${content.code} ${content.message}` : content

/** Sheets passes the date of a cell as a Date, at midnight of its own time zone. */
function withoutDates(cell: unknown): unknown {
  if (Array.isArray(cell)) return cell.map(withoutDates)
  if (Object.prototype.toString.call(cell) !== '[object Date]') return cell
  const date = cell as Date
  const digits = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`
}
