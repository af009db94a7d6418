import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { Calculation } from '../model/calculation.ts'
import { catalog } from '../model/catalog.ts'
import { inputSchemaOf } from '../model/json-schema.ts'

/**
 * What a sheet never uses is left out of its script, which must stay small: calculations that are no cell function,
 * how the server computes what takes prices, the shape of results, the sentences of the facts' sources (each names
 * the file of the dataset that has them), and zod's writer of JSON Schemas, whose work is done here.
 */
export const lean: Plugin = {
  name: 'lean',
  enforce: 'pre',
  load(id) {
    const path = id.split('?')[0] ?? id
    if (path === catalogPath) return sheetCatalog()
    if (path === schemaPath) return writtenSchemas()
    const calculation = calculationAt.get(path)
    if (calculation) return withoutServerParts(readFileSync(path, 'utf8'), calculation)
    if (/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(path)) {
      return emptied(readFileSync(path, 'utf8'))
    }
    if (/\/data\/.*\.json$/.test(path)) return withoutSentences(path)
    return null
  },
}

const modelFolder = new URL('../model/', import.meta.url)
const catalogPath = fileURLToPath(new URL('catalog.ts', modelFolder))
const schemaPath = fileURLToPath(new URL('json-schema.ts', modelFolder))
const catalogSource = readFileSync(catalogPath, 'utf8')

/** The names in the list of the catalog, which are in the order of its entries. */
const names: readonly string[] = namesIn(catalogSource)

function namesIn(source: string): string[] {
  const list = /catalog: readonly Calculation\[\] = \[([^\]]*)\]/.exec(source)?.[1] ?? ''
  const found = list.split(',').map((name) => name.trim())
  const given = found.filter((name) => name !== '')
  if (given.length !== catalog.length) throw new Error('The list in model/catalog.ts is not the catalog.')
  return given
}

/** The file that each calculation is in. */
const calculationAt: ReadonlyMap<string, Calculation> = new Map(
  catalog.map((calculation, index) => {
    const imported = new RegExp(`import \\{ ${names[index]} \\} from '(.*)'`).exec(catalogSource)?.[1]
    if (imported === undefined) throw new Error(`model/catalog.ts imports no ${names[index]}.`)
    return [fileURLToPath(new URL(imported, modelFolder)), calculation]
  }),
)

/** The catalog without the entries that no cell can call. */
const sheetCatalog = (): string =>
  names
    .filter((_name, index) => catalog[index]?.sheet === false)
    .reduce(
      (source, name) =>
        source
          .replace(new RegExp(`^import \\{ ${name} \\} .*\\n`, 'm'), '')
          .replace(new RegExp(`^ *${name},\\n`, 'm'), ''),
      catalogSource,
    )

/** Cut along the indentation that the formatter gives: a method and a field of the record begin with two blanks. */
function withoutServerParts(source: string, { id, prices }: Calculation): string {
  const lighter = source.replace(/^ {2}output: .*?^ {2}\}\),$/ms, '  output: z.unknown(),')
  if (prices === undefined) return lighter
  const cut = lighter.replace(/^ {2}compute\(.*?^ {2}\},$/ms, '  compute: undefined,')
  if (cut === lighter) throw new Error(`${id}: there is no compute method to leave out.`)
  return cut
}

const writtenSchemas = (): string => {
  const schemas = catalog.filter(({ sheet }) => sheet !== false).map((one) => [one.id, inputSchemaOf(one)])
  return `const schemas = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(schemas)))})
export const inputSchemaOf = ({ id }) => schemas[id]`
}

/** The same exports, doing nothing. */
const emptied = (source: string): string =>
  [...source.matchAll(/^export (?:function|const|class) (\w+)/gm)]
    .map(([, name]) => `export const ${name} = () => () => {}`)
    .join('\n')

const sentences = new Set(['note', 'verification', 'sourcesAgree'])

function withoutSentences(path: string): string {
  const file = path.slice(path.lastIndexOf('/data/') + 1)
  return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), (key, value) => {
    if (key === 'source' && typeof value === 'string') return file
    if (key === 'unverified') return []
    return sentences.has(key) ? null : value
  })
}
