import { z } from 'zod'
import type { Facts } from '../../model/facts.ts'
import type { Fielded } from '../../model/fields.ts'
import type { Prices } from '../store/prices.ts'

/** What a listing reads from. */
export interface Shelf {
  readonly facts: Facts
  readonly prices: Prices
}

/** A part of a list, and how long the whole is. */
export interface Page<Item> {
  readonly total: number
  readonly items: readonly Item[]
}

/**
 * `GET /v1/{id}`: facts or offers, filtered and paged. The only description of it: route, OpenAPI and reference page
 * are loops over these records.
 */
export interface Listing<Input extends z.ZodObject = z.ZodObject, Item = unknown> extends Fielded<Input> {
  readonly title: string
  readonly summary: string
  /** A query that shows something. */
  readonly example: string
  page(input: z.output<Input>, shelf: Shelf): Promise<Page<Item>>
  /** One item as lines of CSV: dotted paths of what the JSON has, in the order of the columns. */
  readonly columns: readonly string[]
  /** The lines of one item, where it is more than one. */
  lines?(item: Item): readonly unknown[]
}

/** Checks nothing at run time; makes the types of one record agree with each other. */
export const listing = <Input extends z.ZodObject, Item>(
  record: Listing<Input, Item>,
): Listing<Input, Item> => record

export const pageFields = {
  limit: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({ title: 'Limit', description: 'So many entries at most', 'x-unit': 'count' }),
  offset: z
    .number()
    .int()
    .min(0)
    .max(1e6)
    .default(0)
    .meta({ title: 'Offset', description: 'So many entries are passed over', 'x-unit': 'count' }),
}

export const freeText = (over: string) =>
  z
    .string()
    .max(200)
    .optional()
    .meta({ title: 'Free text', description: `Words that all stand somewhere in ${over}; case is ignored` })

/** The part of a list that was asked for. */
export const pageOf = <Item>(
  items: readonly Item[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Page<Item> => ({ total: items.length, items: items.slice(offset, offset + limit) })

/** The rest of a page whose first entries come from elsewhere. */
export const afterFirst = <Asked extends { readonly limit: number; readonly offset: number }>(
  { total, items }: Page<unknown>,
  asked: Asked,
): Asked => ({
  ...asked,
  limit: asked.limit - items.length,
  offset: Math.max(0, asked.offset - total),
})

/** Whether each word of a free text stands in one of the texts. */
export function saysEveryWord(q: string | undefined, texts: readonly (string | null)[]): boolean {
  const said = texts.join(' ').toLowerCase()
  return (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

/** Whether a filter is not set or names this value, ignoring case. */
export const matches = (asked: string | undefined, known: string | null): boolean =>
  asked === undefined || asked.trim().toLowerCase() === known?.toLowerCase()
