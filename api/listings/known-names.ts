import { nameKey } from '../../model/prices/shelf.ts'
import { InputProblem, unknown } from '../../model/problem.ts'

/** A filter that names a thing, and every name that things of its kind have. */
interface NamedFilter {
  readonly field: string
  readonly what: string
  readonly given: string | undefined
  readonly known: () => Promise<readonly string[]> | readonly string[]
}

type Place = 'seller' | 'region'

/** The seller and the region that prices were asked for. */
export const sellerAndRegion = (
  filter: Readonly<Partial<Record<Place, string | undefined>>>,
  namesOf: (field: Place) => Promise<readonly string[]>,
): readonly NamedFilter[] =>
  (['seller', 'region'] as const).map((field) => ({
    field,
    what: field,
    given: filter[field],
    known: () => namesOf(field),
  }))

/**
 * For a list that is empty: whether a filter names something that nothing bears the name of.
 *
 * @throws InputProblem with one complaint for each such filter.
 */
export async function expectKnownNames(filters: readonly NamedFilter[]): Promise<void> {
  const complaints = await Promise.all(filters.map(complaintsOf))
  if (complaints.some((some) => some.length > 0)) throw new InputProblem(complaints.flat())
}

async function complaintsOf({ field, what, given, known }: NamedFilter) {
  if (given === undefined) return []
  const names = await known()
  const isKnown = names.some((name) => nameKey(name) === nameKey(given))
  return isKnown ? [] : unknown(field, what, given, names).complaints
}
