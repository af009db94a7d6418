import { type Field, type Fielded, type JsonSchema, propertiesOf, resolve } from '../../model/fields.ts'
import { inputSchemaOf } from '../../model/json-schema.ts'

/** The fields of an object that lies inside an input, and where it lies: `options[].lines[], kind staff`. */
export interface InnerFields {
  readonly place: string
  readonly fields: readonly Field[]
}

/** The objects inside an input, those inside them included, in the order in which they stand. */
export function innerFieldsOf(fielded: Fielded): readonly InnerFields[] {
  const schema = inputSchemaOf(fielded)
  const definitions = (schema.$defs ?? {}) as Record<string, JsonSchema>
  const within = (parent: JsonSchema, place: string): InnerFields[] =>
    Object.entries(parent.properties ?? {}).flatMap(([name, property]) =>
      at(property as JsonSchema, place === '' ? name : `${place}.${name}`),
    )
  const at = (given: JsonSchema, place: string): InnerFields[] => {
    const schema = resolve(given, definitions)
    if (schema.items) return at(schema.items as JsonSchema, `${place}[]`)
    const named = schema.additionalProperties
    if (typeof named === 'object') return at(named as JsonSchema, `${place}.*`)
    if (schema.properties) {
      return [{ place, fields: propertiesOf(schema, definitions) }, ...within(schema, place)]
    }
    const shapes = [schema.oneOf ?? schema.anyOf ?? []].flat() as JsonSchema[]
    return shapes.flatMap((shape) => at(shape, `${place}${wordOf(shape)}`))
  }
  return within(schema, '')
}

/** What tells one shape of an object from the others: its field with one value. */
function wordOf({ properties }: JsonSchema): string {
  const constant = Object.entries(properties ?? {}).find(([, property]) =>
    Object.hasOwn(property as object, 'const'),
  )
  return constant ? `, ${constant[0]} ${String((constant[1] as JsonSchema).const)}` : ''
}
