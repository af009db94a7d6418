import { z } from 'zod'

const usdPerReplicaHour = (title: string, description: string) =>
  z.number().min(0).max(1e6).meta({ title, description, 'x-unit': 'USD/hour' })
const replicas = (title: string, description: string, least: number) =>
  z.number().int().min(least).max(1000).meta({ title, description, 'x-unit': 'replica' })
const units = (title: string, description: string, least: number) =>
  z.number().int().min(least).max(10_000).meta({ title, description, 'x-unit': 'count' })
const usdPerMillionTokens = (title: string, description: string) =>
  z.number().min(0).max(1e6).meta({ title, description, 'x-unit': 'USD/million tokens' })
const loads = z.array(z.number().min(0).max(1e9).meta({ 'x-unit': 'million tokens' }))
const milliseconds = (title: string, description: string) =>
  z.number().positive().max(1e7).meta({ title, description, 'x-unit': 'millisecond' })
const ratio = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })
const hours = (title: string, description: string) =>
  z.number().min(0).max(1000).meta({ title, description, 'x-unit': 'hour' })

const Spot = z
  .strictObject({
    usdPerReplicaHour: usdPerReplicaHour('Price', 'Of a replica on spot for an hour'),
    interruptionsPerHour: z.number().min(0).max(60).meta({
      title: 'Interruptions',
      description: 'Of one replica in an hour, as the seller states or as was seen',
      'x-unit': 'count',
    }),
    hoursLostPerInterruption: hours(
      'Lost',
      'Hours of work that an interruption undoes: loading and repeating',
    ),
    availableRatio: ratio(
      'Available',
      'Share of the hours in which spot is to be had; the rest is paid on demand',
    ).default(1),
    serves: z
      .enum(['batch', 'all'])
      .default('batch')
      .meta({ title: 'Serves', description: 'batch: no spot for interactive traffic; all: both' }),
  })
  .meta({ title: 'Spot', description: 'Replicas that may be taken away' })

const Provisioned = z
  .strictObject({
    usdPerUnitHour: usdPerReplicaHour('Price', 'Of one unit, paid every hour'),
    millionTokensPerUnitHour: z.number().positive().max(1e9).meta({
      title: 'Capacity',
      description: 'Million tokens that one unit serves in an hour',
      'x-unit': 'million tokens',
    }),
    minimumUnits: units('Minimum', 'Fewest units that are sold, other than none', 0).default(0),
    unitStep: units('Step', 'Units that are only sold together', 1).default(1),
    maximumUnits: units('Maximum', 'Most units to try', 0).default(100),
  })
  .meta({ title: 'Provisioned', description: 'Reserved throughput of an API, in whole units' })

/** What may serve a load; the load itself is apart. */
export const servingFields = {
  millionTokensPerReplicaHour: z.number().positive().max(1e9).meta({
    title: 'Capacity of a replica',
    description: 'Million tokens that a replica serves in an hour within the latency limits',
    'x-unit': 'million tokens',
  }),
  baseUsdPerReplicaHour: usdPerReplicaHour('Base', 'Owned or committed replica, paid every hour'),
  onDemandUsdPerReplicaHour: usdPerReplicaHour(
    'On demand',
    'Replica rented for the hours it is needed; without it, none can be had',
  ).optional(),
  apiUsdPerMillionTokens: usdPerMillionTokens('API', 'Without it, there is no API').optional(),
  apiMillionTokensPerHour: z.number().min(0).max(1e9).optional().meta({
    title: 'API limit',
    description: 'Rate limit of the API; without it, none',
    'x-unit': 'million tokens',
  }),
  minimumReplicas: replicas('Minimum', 'Smallest base that is sold, other than none', 0).default(0),
  replicaStep: replicas('Step', 'Replicas that are only sold together', 1).default(1),
  maximumReplicas: replicas('Maximum', 'Largest base to try', 0).default(100),
  spot: Spot.optional(),
  provisioned: Provisioned.optional(),
  apiLatencyMsByHour: z
    .array(milliseconds('Latency', 'Of the API in one hour'))
    .min(1)
    .max(8784)
    .optional()
    .meta({
      title: 'Latency of the API',
      description: 'By hour, for 24 hours or for each hour of the load; needs a limit',
    }),
  latencyLimitMs: milliseconds(
    'Latency limit',
    'In hours in which the API is slower, it may not serve',
  ).optional(),
}

export const batchFields = {
  batchMillionTokensByDay: loads.max(366).default([]).meta({
    title: 'Batch by day',
    description:
      'Million tokens of each 24 hours that may be answered at any hour of them: idle hours take them first',
  }),
  apiBatchUsdPerMillionTokens: usdPerMillionTokens(
    'Batch price',
    'Of the API; without it, batches do not go to the API',
  ).optional(),
}

export const loadField = loads
  .min(1)
  .max(8784)
  .meta({ title: 'Load by hour', description: 'Million tokens of each hour, from a day to a year' })

const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })
const count = (title: string) => z.number().meta({ title, 'x-unit': 'count' })
const millionTokens = (title: string) => z.number().meta({ title, 'x-unit': 'million tokens' })
const replicaHours = (title: string) => z.number().meta({ title, 'x-unit': 'hour' })

export const MixResult = z.strictObject({
  baseReplicas: z.number().meta({ title: 'Base', 'x-unit': 'replica' }),
  baseUseRatio: z
    .number()
    .nullable()
    .meta({ title: 'Use of the base, batches included; null without one', 'x-unit': 'ratio' }),
  baseUsd: usd('Base'),
  provisionedUnits: count('Provisioned units'),
  provisionedUsd: usd('Provisioned units'),
  replicaHours: replicaHours('Hours of replicas above the base'),
  replicaUsd: usd('Replicas above the base'),
  apiMillionTokens: millionTokens('Through the API'),
  apiUsd: usd('API'),
  burstHours: replicaHours('Hours above the base'),
  batchOnIdleMillionTokens: millionTokens('Batch in idle hours of the base'),
  batchReplicaHours: replicaHours('Hours of replicas for batches'),
  batchReplicaUsd: usd('Replicas for batches'),
  batchApiMillionTokens: millionTokens('Batch through the API'),
  batchApiUsd: usd('API, batch'),
  nextBaseUsdPerReplicaHour: z.number().nullable().meta({
    title: 'What the next step of the base may cost at most; null where there is no next step',
    'x-unit': 'USD/hour',
  }),
  triedSizes: count('Sizes reckoned in full; all others cannot be cheaper'),
  isComplete: z
    .boolean()
    .meta({ title: 'Whether the search was not cut; where it was, this is the best of what was tried' }),
})
export type MixResult = z.output<typeof MixResult>
