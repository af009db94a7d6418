import { bundledFacts } from '../data/dataset.ts'
import { withBook } from '../data/price-book.ts'
import type { Facts } from '../model/facts.ts'

/** The facts and prices that ship with the code, as of today: a command line needs no server and no network. */
export const currentFacts = (): Facts => withBook(bundledFacts(new Date().toISOString().slice(0, 10)))
