import { z } from 'zod'
import { ageInDays } from '../../model/prices/age.ts'
import { agreementRule } from '../../model/prices/agreement.ts'
import { freeText, listing, pageFields, pageOf, saysEveryWord } from './listing.ts'

export const priceSources = listing({
  id: 'prices/sources',
  title: 'Price sources',
  summary: `Whose price lists are in the book: licence, day, offers, quarantine, and agreement with the others. ${agreementRule}`,
  example: 'q=litellm',
  input: z.strictObject({ q: freeText('id, title and repository'), ...pageFields }),
  columns: [
    'id',
    'title',
    'repository',
    'commit',
    'licence',
    'observedAt',
    'ageDays',
    'isStale',
    'tokenOffers',
    'gpuOffers',
    'quarantined',
    'paths',
    'agreement',
  ],
  async page({ q, ...page }, { facts }) {
    const { agreementOf, publishers } = await import('../../data/provenance.ts')
    const fitting = publishers.filter(({ id, title, repository }) =>
      saysEveryWord(q, [id, title, repository]),
    )
    const { total, items } = pageOf(fitting, page)
    return {
      total,
      items: items.map((publisher) => ({
        ...publisher,
        ...ageInDays(publisher.observedAt, facts.asOf),
        agreement: agreementOf(publisher.id),
      })),
    }
  },
})
