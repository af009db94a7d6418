import { z } from 'zod'
import { decimalText, isoDate, type ServiceTier } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { joined, slipRow, withoutSlips } from './history.ts'
import {
  type FoundTokenOffer,
  type Importer,
  type Publisher,
  type Quarantined,
  sourceIn,
} from './importer.ts'
import { placedKey } from './litellm-key.ts'
import { meterPrice } from './meter.ts'
import { readCsv } from './read.ts'
import { kindOf, litellmSeller } from './seller.ts'
import { tokenOffer } from './token-offer.ts'

const publisher: Publisher = {
  id: 'litellm',
  title: 'LiteLLM model prices, changes in 640 committed copies',
  repository: 'https://github.com/RoCry/llm-api-price',
  commit: '8442b939a6ea',
  observedAt: '2026-07-24',
  licence: 'underlying data MIT (LiteLLM)',
}
const path = 'history/litellm-price-events.csv'

const amount = decimalText.nullable()
const Row = z.object({
  observed_date: isoDate,
  litellm_key: z.string(),
  litellm_provider: z.string().nullable(),
  event: z.enum(['first_seen', 'changed', 'removed']),
  input_usd_per_mtok: amount,
  output_usd_per_mtok: amount,
  cache_read_usd_per_mtok: amount,
  cache_write_usd_per_mtok: amount,
  batch_input_usd_per_mtok: amount,
  batch_output_usd_per_mtok: amount,
})
type Row = z.output<typeof Row>

const printed = (prices: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(prices).flatMap(([meter, amount]) => (amount === null ? [] : [[meter, amount]])),
  )

const pricesOf = (row: Row): Record<'standard' | 'batch', Record<string, string>> => ({
  standard: printed({
    input: row.input_usd_per_mtok,
    output: row.output_usd_per_mtok,
    'cache-read': row.cache_read_usd_per_mtok,
    'cache-write': row.cache_write_usd_per_mtok,
  }),
  batch: printed({ input: row.batch_input_usd_per_mtok, output: row.batch_output_usd_per_mtok }),
})

export const litellmHistory: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const rows = readCsv(upstream, path, Row)
    const tokenOffers: FoundTokenOffer[] = []
    const quarantined: Quarantined[] = []
    for (const [key, own] of groupBy(rows, ({ litellm_key }) => litellm_key)) {
      const provider = own.findLast((row) => row.litellm_provider !== null)?.litellm_provider
      if (provider === null || provider === undefined || key === 'sample_spec') continue
      for (const serviceTier of ['standard', 'batch'] as const) {
        const found = offersOf(key, provider, serviceTier, own)
        tokenOffers.push(...found.tokenOffers)
        quarantined.push(...found.quarantined)
      }
    }
    return { tokenOffers, quarantined }
  },
}

function offersOf(
  key: string,
  provider: string,
  serviceTier: ServiceTier & ('standard' | 'batch'),
  rows: readonly Row[],
) {
  const seller = litellmSeller(provider)
  const { servedModel, region, isCommitted } = placedKey(key, provider)
  const ordered = rows.toSorted((a, b) => (a.observed_date < b.observed_date ? -1 : 1))
  const series = joined(
    ordered.flatMap((row, index) =>
      row.event === 'removed'
        ? []
        : [
            {
              from: row.observed_date,
              until: ordered[index + 1]?.observed_date ?? null,
              prices: pricesOf(row)[serviceTier],
            },
          ],
    ),
  ).filter(({ prices, from, until }) => isPriced(prices) && from !== until)
  const { kept, slips } = withoutSlips(series)
  const source = sourceIn(publisher, path)
  return {
    quarantined: slips.map((slip) => slipRow({ id: publisher.id, path }, key, slip)),
    tokenOffers: kept.map(({ from, until, prices }) =>
      tokenOffer({
        seller,
        servedModel,
        region,
        kind: kindOf(seller, { isZero: false }),
        serviceTier: isCommitted ? 'provisioned' : serviceTier,
        meters: Object.entries(prices).map(([meter, amount]) =>
          meterPrice({ meter, amount, unitSize: 1_000_000 }),
        ),
        validFrom: from,
        validUntil: until,
        source,
      }),
    ),
  }
}

const isPriced = (prices: Readonly<Record<string, string>>): boolean =>
  Object.values(prices).some((amount) => Number(amount) > 0)
