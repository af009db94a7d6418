import { z } from 'zod'

/** What a field accepts, and what it is called. */
export interface Field extends Bounds {
  readonly title: string | undefined
}

export interface Bounds {
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** Least number that a field accepts which must be above 0. */
const justAboveZero = 1e-9

/**
 * The field of the number at a path, read off the schema that checks it; null where no number stands there. The value says
 * which of several shapes is meant.
 */
export function fieldAt(schema: unknown, value: unknown, path: readonly string[]): Field | null {
  const { inner, title } = unwrapped(schema)
  const [step, ...rest] = path
  if (step === undefined) return inner instanceof z.ZodNumber ? { ...boundsOf(inner), title } : null
  if (value === null || typeof value !== 'object') return null
  const next: unknown = Reflect.get(value, step)
  if (inner instanceof z.ZodArray) return fieldAt(inner.element, next, rest)
  const shape = inner instanceof z.ZodDiscriminatedUnion ? chosen(inner.options, value) : inner
  return shape instanceof z.ZodObject ? fieldAt(shape.shape[step], next, rest) : null
}

/** What is below `optional` and `default`, and the title that either of them gives it. */
function unwrapped(schema: unknown): { readonly inner: unknown; readonly title: string | undefined } {
  const title = schema instanceof z.ZodType ? schema.meta()?.title : undefined
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)) return { inner: schema, title }
  const below = unwrapped(schema.unwrap())
  return { inner: below.inner, title: title ?? below.title }
}

/** The shape whose literals all stand in the value. */
const chosen = (shapes: readonly unknown[], value: object): unknown =>
  shapes.find(
    (shape) =>
      shape instanceof z.ZodObject &&
      Object.entries(shape.shape).every(
        ([name, field]) => !(field instanceof z.ZodLiteral) || field.values.has(Reflect.get(value, name)),
      ),
  )

function boundsOf(schema: z.ZodNumber): Bounds {
  const { minValue, maxValue } = schema
  const low = minValue ?? Number.NEGATIVE_INFINITY
  return {
    low: schema.safeParse(low).success || low !== 0 ? low : justAboveZero,
    high: maxValue ?? Number.POSITIVE_INFINITY,
    whole: schema.safeParse(low + 0.5).success === false && Number.isFinite(low),
  }
}
