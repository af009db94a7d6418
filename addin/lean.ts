import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { weights } from '../data/dataset.ts'
import fittedConstants from '../data/throughput-constants.json' with { type: 'json' }
import type { Calculation } from '../model/calculation.ts'
import { catalog } from '../model/catalog.ts'
import { CostInput } from '../model/facts.ts'
import { inputSchemaOf } from '../model/json-schema.ts'
import { writeShapes } from './shapes.ts'

/**
 * What a sheet never uses is left out of its script, which must stay small: calculations that are no cell function,
 * how the server computes what takes prices, what is said of fields and results, why a config is refused, costs that are only for
 * reading, the sentences of the facts' sources (each names the file of the dataset that has them), and of zod what nobody calls
 * and the writer of JSON Schemas, whose work is done here.
 */
export const lean: Plugin = {
  name: 'lean',
  enforce: 'pre',
  load(id) {
    const path = id.split('?')[0] ?? id
    if (path === catalogPath) return sheetCatalog()
    if (path === schemaPath) return writtenSchemas()
    if (path === weightsPath) return shortWeights()
    if (path.startsWith(modelPath)) {
      const described = readFileSync(path, 'utf8')
      const source = withoutRefusals(emptyCalls(withoutReasons(path, described), /\.meta\(/, ''))
      const calculation = calculationAt.get(path)
      return calculation ? withoutServerParts(source, calculation) : source
    }
    if (/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(path)) {
      return emptied(readFileSync(path, 'utf8'))
    }
    if (path.endsWith('/zod/v4/classic/schemas.js')) return withoutUncalled(readFileSync(path, 'utf8'))
    if (/\/data\/.*\.json$/.test(path)) {
      // Shown in the lists of the API, and used by no calculation.
      if (/\/(precision-quality|gpu-power)\.json$/.test(path)) return '[]'
      const records: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value) =>
        path.endsWith('/throughput-compact.json') && fittedKinds.has(key) ? undefined : value,
      )
      return JSON.stringify(
        withoutSentences(path.endsWith('/cost-inputs.json') ? namedCosts(records) : records, fileOf(path)),
      )
    }
    return null
  },
}

/** Kinds of load and model that the fit answers for, so that the compact constants are never asked. */
const fittedKinds: ReadonlySet<string> = new Set(Object.keys(fittedConstants))

const modelFolder = new URL('../model/', import.meta.url)
const modelPath = fileURLToPath(modelFolder)
const catalogPath = fileURLToPath(new URL('catalog.ts', modelFolder))
const schemaPath = fileURLToPath(new URL('json-schema.ts', modelFolder))
const weightsPath = fileURLToPath(new URL('../data/weights/index.ts', import.meta.url))
const shapesPath = fileURLToPath(new URL('shapes.ts', import.meta.url))
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

/** No cell holds a config, and the known ones are tested: the sentences that refuse one are never said. */
const withoutRefusals = (source: string): string =>
  emptyCalls(emptyCalls(source, /\.problem\(/, '.problem()'), /\binvalid\(\s*['`]config\b/, 'invalid()')

/** Why a format is native or emulated stands in the list of precisions, which no cell shows. */
const withoutReasons = (path: string, source: string): string =>
  path.endsWith('/format-rules.ts')
    ? source.replace(/^const (\w+): Source = \{[\s\S]*?^\}/gm, 'const $1: any = null')
    : source

/** Calls that begin so, with something in their place: titles and units of fields are in the schemas that were written here. */
function emptyCalls(source: string, call: RegExp, instead: string): string {
  const start = source.search(call)
  if (start < 0) return source
  const end = closingBracket(source, source.indexOf('(', start) + 1)
  return source.slice(0, start) + instead + emptyCalls(source.slice(end), call, instead)
}

/** The place after the bracket that closes the one before `start`; brackets inside texts do not count. */
function closingBracket(source: string, start: number): number {
  const parts = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[()]/g
  parts.lastIndex = start
  for (let depth = 1; depth > 0; ) {
    const part = parts.exec(source)
    if (!part) throw new Error('A bracket in model/ is not closed.')
    if (part[0] === '(') depth += 1
    if (part[0] === ')') depth -= 1
  }
  return parts.lastIndex
}

/** Cut along the indentation that the formatter gives: a method and a field of the record begin with two blanks. */
function withoutServerParts(source: string, { id, prices }: Calculation): string {
  const lighter = source
    .replace(/^ {2}output: .*?^ {2}\}\),$/ms, '  output: z.unknown(),')
    .replace(/^ {2}formula:.*?',$/ms, "  formula: '',")
  if (prices === undefined) return lighter
  const cut = lighter.replace(/^ {2}compute\(.*?^ {2}\},$/ms, '  compute: undefined,')
  if (cut === lighter) throw new Error(`${id}: there is no compute method to leave out.`)
  return cut
}

/** The schema itself keeps the bounds; a sheet reads names, kinds, options, defaults and units from what is written. */
const unread = new Set([
  '$schema',
  'additionalProperties',
  'examples',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
])

const writtenSchemas = (): string => {
  const schemas = catalog.filter(({ sheet }) => sheet !== false).map((one) => [one.id, inputSchemaOf(one)])
  const text = JSON.stringify(Object.fromEntries(schemas), (key, value) =>
    // functions.json has what is said of each argument. An object under such a name is a field of that name.
    (unread.has(key) || key === 'description') && (typeof value !== 'object' || Array.isArray(value))
      ? undefined
      : value,
  )
  return `const schemas = JSON.parse(${JSON.stringify(text)})
export const inputSchemaOf = ({ id }) => schemas[id]`
}

/** Methods of zod's schemas that neither zod nor a line of ours calls; the bundler drops what they alone made use of. */
function withoutUncalled(source: string): string {
  const own = new Set([...source.matchAll(/\b(?:this|inst)\.(\w+)\(/g)].map(([, name]) => name))
  const method = /^ {4}(?:async )?(\w+)(?:\(.*\)|: (?:async )?function .*) \{\n(?: {8}.*\n)*? {4}\},\n/gm
  return source.replace(method, (whole, name) => (calledHere.has(name) || own.has(name) ? whole : ''))
}

/** Names that stand behind a dot and before a bracket in a file that knows of zod. */
const calledHere: ReadonlySet<string> = new Set(
  ['model', 'data', 'addin'].flatMap((folder) =>
    sourcesIn(fileURLToPath(new URL(`../${folder}/`, import.meta.url)))
      .filter((source) => source.includes("from 'zod'"))
      .flatMap((source) => [...source.matchAll(/\.(\w+)\(/g)].map(([, name]) => name ?? '')),
  ),
)

/** The same exports, doing nothing. */
const emptied = (source: string): string =>
  [...source.matchAll(/^export (?:function|const|class) (\w+)/gm)]
    .map(([, name]) => `export const ${name} = () => () => {}`)
    .join('\n')

const sentences = new Set([
  'note',
  'verification',
  'unverified',
  'sourcesAgree',
  'standardErrors',
  'publishedTotal',
  'publishedActive',
])

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/data/') + 1)

function withoutSentences(records: unknown, file: string): unknown {
  return JSON.parse(JSON.stringify(records), (key, value) => {
    if (key === 'source' && typeof value === 'string') return file
    return sentences.has(key) ? undefined : value
  })
}

/** Every word of model/: a field of a config whose name is none of them is read by nobody. */
const wordsOfModel: ReadonlySet<string> = new Set(
  sourcesIn(modelPath).flatMap((source) => source.match(/\w+/g) ?? []),
)

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** Costs that model/ asks for by their names; the others are for readers of the lists. */
const namedCosts = (records: unknown): unknown =>
  CostInput.array()
    .parse(records)
    .filter(({ name }) => wordsOfModel.has(name))

function withReadNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReadNames)
  if (value === null || typeof value !== 'object') return value
  const read = Object.entries(value).filter(([name]) => wordsOfModel.has(name))
  return Object.fromEntries(read.map(([name, one]) => [name, withReadNames(one)]))
}

/** The models, the largest part of the facts, each under the folder of its publisher. */
function shortWeights(): string {
  const shortened = weights.map((one) => ({ ...one, config: withReadNames(one.config) }))
  const written = writeShapes(withoutSentences(shortened, 'data/weights'))
  return `import { readShapes } from ${JSON.stringify(shapesPath)}
export const weights = readShapes(JSON.parse(${JSON.stringify(JSON.stringify(written))}))`
}
