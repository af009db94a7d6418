import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishers } from '../provenance.ts'
import { assemble } from './assemble.ts'
import { folder } from './folder.ts'
import { ImportProblem } from './import-problem.ts'
import { histories, importers } from './importers.ts'
import { shippedFiles } from './shipped.ts'
import { shrunk } from './shrunk.ts'

/*
 * Makes the shipped price book from the publishers' files: npm run import -- FOLDER. All or nothing: a file that
 * cannot be believed leaves the book as it was.
 */

const root = process.argv[2]
if (root === undefined) {
  console.error("Usage: npm run import -- FOLDER, the folder with the publishers' files.")
  process.exit(2)
}

try {
  const book = assemble({ importers, histories }, folder(root))
  const lost = shrunk(publishers, book.publishers)
  if (lost.length > 0) throw new ImportProblem(root, lost)
  const files = shippedFiles(book)
  const place = (name: string): string => join(import.meta.dirname, '..', 'price-book', name)
  const changed = Object.entries(files).filter(
    ([name, text]) => !existsSync(place(name)) || readFileSync(place(name), 'utf8') !== `${text}\n`,
  )
  // Renamed when all are written, so that a run that is cut off leaves the book before it.
  for (const [name, text] of changed) writeFileSync(`${place(name)}.new`, `${text}\n`)
  for (const [name] of changed) renameSync(`${place(name)}.new`, place(name))
  for (const { id, observedAt, tokenOffers, gpuOffers, quarantined } of book.publishers) {
    console.log(
      `${id} ${observedAt}: ${tokenOffers} token offers, ${gpuOffers} GPU offers, ${quarantined} in quarantine`,
    )
  }
  console.log(
    changed.length === 0
      ? 'Nothing changed: the book is as it was.'
      : `Written: ${changed.map(([name]) => name).join(', ')}.`,
  )
} catch (error) {
  if (!(error instanceof ImportProblem)) throw error
  console.error(`${error.message} The book is as it was.`)
  process.exit(1)
}
