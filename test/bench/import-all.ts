import { existsSync } from 'node:fs'
import { openEmbedded } from '../../api/store/embedded.ts'
import { publish } from '../../api/store/price-book.ts'
import { assemble } from '../../data/import/assemble.ts'
import { folder } from '../../data/import/folder.ts'
import { histories, importers } from '../../data/import/importers.ts'
import { shippedFiles } from '../../data/import/shipped.ts'

const root = process.env.WEIGHBRIDGE_UPSTREAM ?? new URL('../../../shared/upstream', import.meta.url).pathname

/** All publishers' files into an empty store, and once more. Bar: below 30 s; the second time nothing changes. */
export async function importAll(): Promise<string> {
  if (!existsSync(root))
    return `import of all files: not measured, ${root} is missing (WEIGHBRIDGE_UPSTREAM names it)`
  const start = performance.now()
  const book = assemble({ importers, histories }, folder(root))
  const read = performance.now()
  const names = book.models.flatMap(({ id, names }) =>
    [id, ...names].map((name) => [name.toLowerCase(), id] as const),
  )
  const { database, close } = openEmbedded(':memory:')
  await publish(database, { ...book, version: 'bench', pricesAsOf: null, modelNames: new Map(names) })
  const filled = performance.now()
  close()
  const again = shippedFiles(assemble({ importers, histories }, folder(root)))
  const isSame = JSON.stringify(again) === JSON.stringify(shippedFiles(book))
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)
  return [
    `import of all files into an empty store: ${seconds(filled - start)} s (bar: below 30), ${seconds(read - start)} s of it reading them`,
    `  ${book.tokenOffers.length} token offers, ${book.gpuOffers.length} GPU offers; a second time ${isSame ? 'nothing changes' : 'THE BOOK CHANGES'}`,
  ].join('\n')
}
