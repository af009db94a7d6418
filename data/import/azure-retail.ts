import { z } from 'zod'
import { decimalText, isoDate } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { jumpAbove } from '../../model/prices/guard.ts'
import { gpuOffer } from './gpu-offer.ts'
import { type FoundGpuOffer, type Importer, type Publisher, type Quarantined, sourceIn } from './importer.ts'
import { knownInstance } from './instance-map.ts'
import { readCsv } from './read.ts'

const publisher: Publisher = {
  id: 'azure-retail',
  title: 'Azure retail prices, by OpenComputePrices',
  repository: 'https://github.com/thatkavish/OpenComputePrices',
  commit: 'eaf60db',
  observedAt: '2026-03-21',
  licence: 'MIT',
}
const path = 'gpu-rental/azure-retail-on-demand-and-spot-2026-03-21.csv'

const Row = z.object({
  snapshot_date: isoDate,
  instance_type: z.string(),
  region: z.string(),
  pricing_type: z.enum(['on_demand', 'spot']),
  price_per_hour: decimalText,
  os: z.string(),
})

export const azureRetail: Importer = {
  publisher,
  paths: [path],
  run(upstream) {
    const gpuOffers: FoundGpuOffer[] = []
    const quarantined: Quarantined[] = []
    const refuse = (record: string, reason: string) =>
      quarantined.push({ source: publisher.id, path, record, reason })
    const rows = readCsv(upstream, path, Row)
    const prices = groupBy(rows, (row) => `${row.instance_type} in ${row.region}, ${row.pricing_type}`)
    for (const [record, own] of prices) {
      const cheapest = own.toSorted((a, b) => Number(a.price_per_hour) - Number(b.price_per_hour))
      const [row, ...dearer] = cheapest
      if (!row) continue
      const known = knownInstance('azure', row.instance_type)
      if (!known) {
        refuse(record, `${row.instance_type} is not in the instance map, so its GPUs are not known.`)
        continue
      }
      for (const other of dearer) {
        if (Number(other.price_per_hour) > jumpAbove * Number(row.price_per_hour)) {
          refuse(
            `${record}: ${other.price_per_hour}`,
            'The file holds the same price at less than a fifth; this one is the sum of a reservation, not an hour.',
          )
        } else if (other.price_per_hour !== row.price_per_hour) {
          refuse(
            `${record}: ${other.price_per_hour}`,
            'The file holds two prices for this; the lower one is kept.',
          )
        }
      }
      const source = { ...sourceIn(publisher, path), observedAt: row.snapshot_date }
      gpuOffers.push(
        gpuOffer({
          seller: known.seller,
          instance: known.instance,
          gpu: known.gpu,
          gpuName: known.gpuName,
          gpuCount: known.gpuCount,
          region: row.region,
          pricing: row.pricing_type === 'spot' ? 'spot' : 'on-demand',
          amountPerHour: row.price_per_hour,
          currency: 'USD',
          operatingSystem: row.os.toLowerCase(),
          validFrom: source.observedAt,
          source,
        }),
      )
    }
    return { gpuOffers, quarantined }
  },
}
