import type { z } from 'zod'
import { inputSchemaOf } from './json-schema.ts'
import type { Unit } from './meta.ts'

/** One input field, as a form, a command line, a sheet and a reference page read it. */
export interface Field {
  readonly name: string
  readonly title: string
  readonly description: string
  /** What JSON calls it; `any` where more than one kind is taken, as for a model's id or count. */
  readonly type: 'number' | 'integer' | 'string' | 'boolean' | 'object' | 'array' | 'any'
  readonly required: boolean
  readonly unit?: Unit
  readonly options?: readonly string[]
  readonly aliases?: Readonly<Record<string, string>>
  readonly minimum?: number
  readonly maximum?: number
  /** Whether the bound itself is not accepted. */
  readonly minimumExcluded?: boolean
  readonly maximumExcluded?: boolean
  readonly default?: unknown
  readonly apiOnly: boolean
  /** The field that may be given in place of this one. */
  readonly requiredUnless?: string
  /** What a text must look like where JSON Schema has a name for it, such as `date`. */
  readonly format?: string
  /** The fields of an object. */
  readonly fields?: readonly Field[]
}

/** Whatever takes an input of named fields: a calculation, or another route of an edge. */
export interface Fielded<Input extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly input: Input
}

export type JsonSchema = z.core.JSONSchema.BaseSchema

const cache = new WeakMap<Fielded, readonly Field[]>()

/** The fields of an input, in the order of its arguments. */
export function fieldsOf(fielded: Fielded): readonly Field[] {
  const known = cache.get(fielded)
  if (known) return known
  // The JSON Schema, not `.meta()`: wrappers such as `.default()` hide their inner metadata from the latter.
  const schema = inputSchemaOf(fielded)
  const definitions = (schema.$defs ?? {}) as Record<string, JsonSchema>
  const fields = propertiesOf(schema, definitions)
  cache.set(fielded, fields)
  return fields
}

export function propertiesOf(schema: JsonSchema, definitions: Record<string, JsonSchema>): readonly Field[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    toField(name, resolve(property as JsonSchema, definitions), required.has(name), definitions),
  )
}

export function resolve(property: JsonSchema, definitions: Record<string, JsonSchema>): JsonSchema {
  if (property.$ref === undefined) return property
  const { $ref, ...own } = property
  return { ...definitions[$ref.replace('#/$defs/', '')], ...own }
}

function toField(
  name: string,
  property: JsonSchema,
  required: boolean,
  definitions: Record<string, JsonSchema>,
): Field {
  const unit = property['x-unit'] as Unit | undefined
  const requiredUnless = property['x-requiredUnless'] as string | undefined
  const aliases = property['x-aliases'] as Record<string, string> | undefined
  return {
    name,
    title: property.title ?? name,
    description: property.description ?? '',
    type: typeOf(property),
    required,
    apiOnly: property['x-apiOnly'] === true,
    ...(unit !== undefined && { unit }),
    ...(property.enum && { options: property.enum.map(String) }),
    ...(typeof property.const === 'string' && { options: [property.const] }),
    ...(aliases && { aliases }),
    ...(requiredUnless !== undefined && { requiredUnless }),
    ...boundsOf(property),
    ...(property.default !== undefined && { default: property.default }),
    ...(property.format !== undefined && { format: property.format }),
    ...(property.properties && { fields: propertiesOf(property, definitions) }),
  }
}

/** Alternatives that are all objects are an object. */
function typeOf(property: JsonSchema): Field['type'] {
  const alternatives = property.type === undefined ? (property.oneOf ?? []) : []
  const allObjects =
    alternatives.length > 0 && alternatives.every((one) => (one as JsonSchema).type === 'object')
  return (property.type ?? (allObjects ? 'object' : 'any')) as Field['type']
}

function boundsOf({ minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below }: JsonSchema) {
  return {
    ...(isBound(minimum) && { minimum }),
    ...(isBound(maximum) && { maximum }),
    ...(isBound(above) && { minimum: above, minimumExcluded: true }),
    ...(isBound(below) && { maximum: below, maximumExcluded: true }),
  }
}

const isBound = (bound: unknown): bound is number =>
  typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER

/** The fields that a cell or a command line takes by position. */
export const positionalFields = (fielded: Fielded): readonly Field[] =>
  fieldsOf(fielded).filter((field) => !field.apiOnly)

/**
 * The input with null and blank taken as "not given", and each choice spelt as the schema spells it: names of
 * options ignore case and answer to their aliases.
 */
export const normalise = (
  fielded: Fielded,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> => normaliseFields(fieldsOf(fielded), raw)

function normaliseFields(
  fields: readonly Field[],
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const readings = readingsOf(fields)
  const normalised: Record<string, unknown> = {}
  for (const name of Object.keys(raw)) {
    const value = raw[name]
    if (value === null || value === undefined || value === '') continue
    const spelt = spell(readings.get(name), value)
    // Assigned, `__proto__` would vanish; as a field it is refused like any other that does not exist.
    if (name === '__proto__') Object.defineProperty(normalised, name, { value: spelt, enumerable: true })
    else normalised[name] = spelt
  }
  return normalised
}

function spell(reading: Reading | undefined, value: unknown): unknown {
  if (reading?.fields && isRecord(value)) return normaliseFields(reading.fields, value)
  return typeof value === 'string' ? (reading?.spellings.get(value.trim().toLowerCase()) ?? value) : value
}

/** How a field's value is read: every spelling of its options in lower case, to the schema's own. */
interface Reading {
  readonly spellings: ReadonlyMap<string, string>
  readonly fields?: readonly Field[] | undefined
}

const readingsCache = new WeakMap<readonly Field[], ReadonlyMap<string, Reading>>()

function readingsOf(fields: readonly Field[]): ReadonlyMap<string, Reading> {
  const known = readingsCache.get(fields)
  if (known) return known
  const readings = new Map(
    fields.map(({ name, options = [], aliases = {}, fields }) => {
      const own = options.map((option) => [option.toLowerCase(), option] as const)
      return [name, { spellings: new Map([...own, ...Object.entries(aliases)]), fields }] as const
    }),
  )
  readingsCache.set(fields, readings)
  return readings
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A field's value from text, as a query or a command line brings it. Text that is no number stays text. */
export function fromText(field: Field, text: string): unknown {
  const trimmed = text.trim()
  switch (field.type) {
    case 'number':
    case 'integer':
    case 'any':
      return isNumeral(trimmed) ? Number(trimmed) : text
    case 'boolean':
      return trimmed.toLowerCase() === 'true' ? true : trimmed.toLowerCase() === 'false' ? false : text
    case 'object':
    case 'array':
      return parsedOrText(text)
    case 'string':
      return text
  }
}

/** `70e9`, `-0.5`, `1_000` is not one: what JavaScript and a sheet both read as the same number. */
const isNumeral = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `kv-cache` is `KVCACHE` in a sheet. */
export const excelName = (id: string): string => id.replaceAll('-', '').toUpperCase()
