import type { CostInput, Facts, Gpu, PowerMeasurement, QualityMeasurement, Weights } from '../model/facts.ts'
import costInputs from './cost-inputs.json' with { type: 'json' }
import gpuPower from './gpu-power.json' with { type: 'json' }
import amd from './gpus/amd.json' with { type: 'json' }
import apple from './gpus/apple.json' with { type: 'json' }
import amazon from './gpus/aws.json' with { type: 'json' }
import google from './gpus/google.json' with { type: 'json' }
import intel from './gpus/intel.json' with { type: 'json' }
import nvidia from './gpus/nvidia.json' with { type: 'json' }
import quality from './precision-quality.json' with { type: 'json' }
import compactConstants from './throughput-compact.json' with { type: 'json' }
import throughputConstants from './throughput-constants.json' with { type: 'json' }
import { version } from './version.ts'
import { weights } from './weights/index.ts'

/** Everything that ships with the code. The test of `data/` checks each record against its schema. */
export const gpus: readonly Gpu[] = [...nvidia, ...amd, ...intel, ...google, ...amazon, ...apple]
export { weights } from './weights/index.ts'

const costs: readonly CostInput[] = costInputs
const qualityMeasurements: readonly QualityMeasurement[] = quality
const powerMeasurements: readonly PowerMeasurement[] = gpuPower

/** Records by id, ignoring case, and by each of their other names. */
function index<Record extends { readonly id: string }>(
  records: readonly Record[],
  otherNames: (record: Record) => readonly string[],
): ReadonlyMap<string, Record> {
  return new Map(
    records.flatMap((record) =>
      [record.id, ...otherNames(record)].map((name) => [name.toLowerCase(), record] as const),
    ),
  )
}

const gpusByName = index(gpus, ({ name, aliases }) => [name, ...aliases])
/** The name behind the publisher, where no other publisher uses it: `llama-3.3-70b-instruct`. */
const shortName = ({ id }: Weights): string => id.slice(id.indexOf('/') + 1).toLowerCase()
const shortNames = weights.map(shortName)
const usedOnce = new Set(
  shortNames.filter((name) => shortNames.indexOf(name) === shortNames.lastIndexOf(name)),
)
const weightsByName = index(weights, (record) => (usedOnce.has(shortName(record)) ? [shortName(record)] : []))
const costsByName = new Map(costs.map((cost) => [cost.name, cost]))
const weightsIds = weights.map(({ id }) => id)

/** The bundled facts, without a price book: what a sheet or a page has while no server answers. */
export const bundledFacts = (asOf: string): Facts => ({
  version,
  pricesAsOf: null,
  asOf,
  gpu: (id) => gpusByName.get(id.trim().toLowerCase()),
  gpus: () => gpus,
  weights: (id) => weightsByName.get(id.trim().toLowerCase()),
  weightsIds: () => weightsIds,
  costInput: (name) => costsByName.get(name),
  quality: (format) =>
    qualityMeasurements.filter((measurement) => measurement.format.toLowerCase() === format.toLowerCase()),
  power: (gpu) => powerMeasurements.filter((measurement) => measurement.gpu === gpu),
  // The compact model answers for a kind that the fit has no rows of.
  throughput: { ...compactConstants, ...throughputConstants },
  tokenOffers: () => [],
  gpuOffers: () => [],
  ownPrices: () => undefined,
  committedUsdPerMonth: () => null,
})
