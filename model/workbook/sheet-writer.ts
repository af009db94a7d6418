import { addressOf, type BookCell, type BookChart, type BookSheet } from './book.ts'

/** Fills a sheet from top to bottom, and gives names to the cells that formulas speak of. */
export class SheetWriter {
  readonly #name: string
  readonly #names: Map<string, string>
  readonly #rows: (readonly (BookCell | null)[])[] = []

  constructor(name: string, names: Map<string, string>) {
    this.#name = name
    this.#names = names
  }

  get nextRow(): number {
    return this.#rows.length
  }

  row(...cells: readonly (BookCell | null)[]): void {
    this.#rows.push(cells)
  }

  /** A row whose cell at a column is what a name stands for. */
  named(name: string, column: number, ...cells: readonly (BookCell | null)[]): void {
    if (this.#names.has(name)) throw new Error(`Two cells are called ${name}.`)
    this.#names.set(name, addressOf(this.#name, this.nextRow, column))
    this.row(...cells)
  }

  sheet(columnWidths: readonly number[], chart?: BookChart): BookSheet {
    return { name: this.#name, columnWidths, rows: this.#rows, ...(chart && { chart }) }
  }
}
