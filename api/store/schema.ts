import { type SQL, sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from 'drizzle-orm/sqlite-core'
import {
  gpuPricings,
  modelRules,
  offerKinds,
  serviceTiers,
  tierModes,
  validFromBases,
} from '../../model/offers.ts'
import type { PriceListEntry } from '../../model/prices/own/price-list.ts'

/** `renewed` where it was taken in, `refused` where it did not come or was not believed: then nothing of it changed. */
export const refreshOutcomes = ['renewed', 'unchanged', 'refused', 'no-live-reader'] as const

/** A row of a publisher that was not believed, with the reason. */
export interface RefusedRow {
  readonly source: string
  readonly path: string
  readonly record: string
  readonly reason: string
}

/**
 * Imports of a price book. Rows are written under a new generation, and the one statement that sets `published`
 * shows them all at once: readers take the newest published generation, never half an import.
 */
export const generations = sqliteTable('generations', {
  generation: integer().primaryKey({ autoIncrement: true }),
  /** Version of the dataset that the rows come from. */
  version: text().notNull(),
  /** The newest day of any offer. */
  pricesAsOf: text('prices_as_of'),
  published: integer({ mode: 'boolean' }).notNull().default(false),
})

/** Names are looked up ignoring case. */
export const lower = (column: AnySQLiteColumn): SQL => sql`lower(${column})`

const generation = () => integer().notNull()

/** Publisher, path and commit of an observation, and the days it was taken and checked. */
export const sources = sqliteTable(
  'sources',
  {
    generation: generation(),
    source: integer().notNull(),
    publisher: text().notNull(),
    path: text().notNull(),
    commit: text('commit_hash'),
    observedAt: text('observed_at').notNull(),
    checkedAt: text('checked_at'),
  },
  (table) => [primaryKey({ columns: [table.generation, table.source] })],
)

/** Names that stand for one model: its own id, and what publishers and sellers call it. */
export const modelNames = sqliteTable(
  'model_names',
  {
    generation: generation(),
    /** In lower case. */
    name: text().notNull(),
    model: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.name] })],
)

/** What every row of an offer says of when it holds and who says so. */
const observation = () => ({
  currency: text().notNull(),
  validFrom: text('valid_from').notNull(),
  validFromBasis: text('valid_from_basis', { enum: validFromBases }).notNull(),
  validUntil: text('valid_until'),
  source: integer().notNull(),
  conflictSet: text('conflict_set'),
})

/** Token prices: one row for each meter and tier of an offer. */
export const pricePoints = sqliteTable(
  'price_points',
  {
    generation: generation(),
    /** Place of the offer in its book: the rows of one offer share it. */
    offer: integer().notNull(),
    /** Place of the meter in its offer. */
    position: integer().notNull(),
    /** What observations of one price share: they are listed as one. */
    listing: text().notNull(),
    seller: text().notNull(),
    servedModel: text('served_model').notNull(),
    model: text('base_model'),
    modelRule: text('model_rule', { enum: modelRules }),
    openWeights: integer('open_weights', { mode: 'boolean' }),
    kind: text({ enum: offerKinds }).notNull(),
    serviceTier: text('service_tier', { enum: serviceTiers }).notNull(),
    regionScope: text('region_scope', { enum: ['global', 'geo', 'region', 'zone'] }).notNull(),
    region: text(),
    quantisation: text(),
    windowFrom: text('window_from'),
    windowUntil: text('window_until'),
    /** ISO weekdays, such as `1,2,3`; null for every day. */
    windowDays: text('window_days'),
    cachedTokensReported: text('cached_tokens_reported', { enum: ['inside', 'outside'] }),
    deprecated: integer({ mode: 'boolean' }).notNull(),
    meter: text().notNull(),
    amount: text().notNull(),
    unit: text().notNull(),
    unitSize: real('unit_size').notNull(),
    usdPerMillionTokens: real('usd_per_million_tokens'),
    tierDimension: text('tier_dimension', {
      enum: ['prompt-tokens', 'request-tokens', 'image-size'],
    }).notNull(),
    tierFrom: integer('tier_from').notNull(),
    tierFromInclusive: integer('tier_from_inclusive', { mode: 'boolean' }).notNull(),
    tierTo: integer('tier_to'),
    tierMode: text('tier_mode', { enum: tierModes }).notNull(),
    listAmount: text('list_amount'),
    ...observation(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.offer, table.position] }),
    index('price_points_by_model').on(table.generation, lower(table.model), table.meter, table.validUntil),
    index('price_points_by_served_model').on(
      table.generation,
      lower(table.servedModel),
      table.meter,
      table.validUntil,
    ),
    index('price_points_by_listing').on(table.generation, table.listing),
  ],
)

/** Prices of instances with GPUs. */
export const gpuOffers = sqliteTable(
  'gpu_offers',
  {
    generation: generation(),
    offer: integer().notNull(),
    seller: text().notNull(),
    instance: text().notNull(),
    gpu: text(),
    gpuName: text('gpu_name').notNull(),
    gpuCount: real('gpu_count').notNull(),
    vcpuCount: real('vcpu_count'),
    memoryGb: real('memory_gb'),
    localSsdGb: real('local_ssd_gb'),
    region: text(),
    zone: text(),
    pricing: text({ enum: gpuPricings }).notNull(),
    termMonths: integer('term_months'),
    amountPerHour: text('amount_per_hour'),
    amountPerMonth: text('amount_per_month'),
    amountUpfront: text('amount_upfront'),
    usdPerHour: real('usd_per_hour'),
    usdPerGpuHour: real('usd_per_gpu_hour'),
    operatingSystem: text('operating_system'),
    minimumGpuCount: real('minimum_gpu_count'),
    interconnect: text(),
    egressIncluded: integer('egress_included', { mode: 'boolean' }),
    availability: text(),
    ...observation(),
  },
  (table) => [
    primaryKey({ columns: [table.generation, table.offer] }),
    index('gpu_offers_by_gpu').on(table.generation, lower(table.gpu)),
    index('gpu_offers_by_instance').on(table.generation, lower(table.instance)),
  ],
)

/** Questions that somebody saved, each with the answer that it had: an open page shows those digits for ever. */
export const scenarios = sqliteTable('scenarios', {
  id: text().primaryKey(),
  editKeyHash: text('edit_key_hash').notNull(),
  /** Raised by every change; a change names the one that it saw. */
  revision: integer().notNull(),
  name: text().notNull(),
  note: text().notNull(),
  calculation: text().notNull(),
  /** JSON, as it was asked. */
  input: text().notNull(),
  /** JSON, as it was answered. */
  answer: text().notNull(),
  engineVersion: text('engine_version').notNull(),
  createdAt: text('created_at').notNull(),
  savedAt: text('saved_at').notNull(),
})

/** Runs of the refresh, one row each; `endedAt` is null for one that is under way, or was cut off. */
export const refreshes = sqliteTable('refreshes', {
  run: integer().primaryKey({ autoIncrement: true }),
  startedAt: text('started_at').notNull(),
  endedAt: text('ended_at'),
  /** The book that it published; null where nothing changed. */
  generation: integer(),
})

/** What a run got from one source, and what became of it. */
export const refreshedSources = sqliteTable(
  'refreshed_sources',
  {
    run: integer().notNull(),
    source: text().notNull(),
    outcome: text({ enum: refreshOutcomes }).notNull(),
    detail: text().notNull(),
    bytes: integer().notNull(),
    rows: integer().notNull(),
    added: integer().notNull(),
    changed: integer().notNull(),
    ended: integer().notNull(),
    unchanged: integer().notNull(),
    /** JSON: the rows that were not believed, with the reasons. */
    refused: text({ mode: 'json' }).$type<readonly RefusedRow[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.run, table.source] })],
)

/** How to ask a publisher whether its file is still the one that was taken in. */
export const liveFiles = sqliteTable('live_files', {
  url: text().primaryKey(),
  etag: text(),
  lastModified: text('last_modified'),
})

/** Price lists of people's own. */
export const priceLists = sqliteTable('price_lists', {
  id: text().primaryKey(),
  editKeyHash: text('edit_key_hash').notNull(),
  /** Raised by every change; a change names the one that it saw. */
  revision: integer().notNull(),
  name: text().notNull(),
  entries: text({ mode: 'json' }).$type<readonly PriceListEntry[]>().notNull(),
  createdAt: text('created_at').notNull(),
  savedAt: text('saved_at').notNull(),
})
