import { z } from 'zod'
import type { Weights } from '../../model/facts.ts'
import { expectKnownNames } from './known-names.ts'
import { freeText, listing, matches, pageFields, pageOf, saysEveryWord } from './listing.ts'

const name = (title: string, description: string) =>
  z.string().min(1).max(100).optional().meta({ title, description })

export const models = listing({
  id: 'models',
  title: 'Models',
  summary: 'Open-weight models whose architecture is known; /v1/models/{id} adds the fields of the config',
  example: 'q=llama&limit=5',
  input: z.strictObject({
    q: freeText('id, family and licence'),
    family: name('Family', 'The architecture, as its publisher names it'),
    licence: name('Licence', 'As its publisher names it'),
    ...pageFields,
  }),
  columns: [
    'id',
    'family',
    'licence',
    'releasedOn',
    'publishedTotal',
    'publishedActive',
    'verification',
    'source',
    'note',
  ],
  async page({ q, family, licence, ...page }, { facts }) {
    const known = facts.weightsIds().flatMap((id) => facts.weights(id) ?? [])
    const fitting = known.filter(
      (weights) =>
        saysEveryWord(q, [weights.id, weights.family, weights.licence]) &&
        matches(family, weights.family) &&
        matches(licence, weights.licence),
    )
    if (fitting.length === 0) {
      const names = (of: (weights: Weights) => string | null) => () => known.flatMap((one) => of(one) ?? [])
      await expectKnownNames([
        { field: 'family', what: 'family', given: family, known: names((one) => one.family) },
        { field: 'licence', what: 'licence', given: licence, known: names((one) => one.licence) },
      ])
    }
    const { total, items } = pageOf(fitting, page)
    return { total, items: items.map(({ config: _, ...weights }) => weights) }
  },
})
