import { z } from 'zod'
import { decimalText, isoDate } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { joined, slipRow, withoutSlips } from './history.ts'
import {
  type FoundTokenOffer,
  type Importer,
  type Publisher,
  type Quarantined,
  sourceIn,
} from './importer.ts'
import { meterPrice } from './meter.ts'
import { readCsv } from './read.ts'
import { kindOf, tokenSeller } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'models-dev',
  title: 'models.dev, open-weight prices on the first of each month',
  repository: 'https://github.com/anomalyco/models.dev',
  commit: null,
  observedAt: '2026-07-01',
  licence: 'MIT',
}
const path = 'history/models-dev-openweight-monthly.csv'

const Row = z.object({
  snapshot_date: isoDate,
  commit: z.string(),
  provider: z.string(),
  model: z.string(),
  base_model: z.string().nullable(),
  input_usd_per_mtok: decimalText,
  output_usd_per_mtok: decimalText,
  cache_read_usd_per_mtok: decimalText.nullable(),
})
type Row = z.output<typeof Row>

const pricesOf = (row: Row): Record<string, string> => ({
  input: row.input_usd_per_mtok,
  output: row.output_usd_per_mtok,
  ...(row.cache_read_usd_per_mtok !== null && { 'cache-read': row.cache_read_usd_per_mtok }),
})

export const modelsDevHistory: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const rows = readCsv(upstream, path, Row)
    const days = [...new Set(rows.map(({ snapshot_date }) => snapshot_date))].toSorted()
    const nextDay = new Map(days.map((day, index) => [day, days[index + 1] ?? null]))
    const tokenOffers: FoundTokenOffer[] = []
    const quarantined: Quarantined[] = []
    for (const own of groupBy(rows, ({ provider, model }) => `${provider}\t${model}`).values()) {
      const [first] = own
      const last = own.at(-1)
      if (!first || !last) continue
      const series = joined(
        own
          .toSorted((a, b) => (a.snapshot_date < b.snapshot_date ? -1 : 1))
          .map((row) => ({
            from: row.snapshot_date,
            until: nextDay.get(row.snapshot_date) ?? null,
            prices: pricesOf(row),
          })),
      )
      const { kept, slips } = withoutSlips(series)
      const seller = tokenSeller(first.provider)
      quarantined.push(
        ...slips.map((slip) => slipRow({ id: publisher.id, path }, `${seller}: ${first.model}`, slip)),
      )
      for (const { from, until, prices } of kept) {
        const isZero = Number(prices.input) === 0 && Number(prices.output) === 0
        tokenOffers.push(
          tokenOffer({
            seller,
            servedModel: first.model,
            modelLink: last.base_model,
            openWeights: true,
            kind: kindOf(seller, { isZero }),
            meters: Object.entries(prices).map(([meter, amount]) =>
              meterPrice({ meter, amount, unitSize: 1_000_000 }),
            ),
            validFrom: from,
            validUntil: until,
            source: { ...sourceIn(publisher, path), observedAt: lastSeen(days, until) },
          }),
        )
      }
    }
    return { tokenOffers, quarantined }
  },
}

/** The last snapshot before the end of a period. */
const lastSeen = (days: readonly string[], until: string | null): string =>
  days.findLast((day) => until === null || day < until) ?? publisher.observedAt
