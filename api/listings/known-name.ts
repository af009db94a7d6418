import { nameKey } from '../../model/prices/shelf.ts'
import { unknown } from '../../model/problem.ts'

type Named = 'seller' | 'region'

/**
 * For a list that is empty: whether a filter names something that the book does not know at all.
 *
 * @throws InputProblem for the first such filter, with the nearest names there are.
 */
export async function expectKnownNames(
  filter: Readonly<Partial<Record<Named, string | undefined>>>,
  namesOf: (field: Named) => Promise<readonly string[]>,
): Promise<void> {
  for (const field of ['seller', 'region'] as const) {
    const asked = filter[field]
    if (asked === undefined) continue
    const known = await namesOf(field)
    if (!known.some((name) => nameKey(name) === nameKey(asked))) throw unknown(field, field, asked, known)
  }
}
