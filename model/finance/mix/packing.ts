import { z } from 'zod'
import { evaluate, product } from '../../breakdown.ts'
import { type Assumption, calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { fewestGpus, type Item } from './packing-search.ts'

const gb = (title: string, description: string) =>
  z.number().min(0).max(1e5).meta({ title, description, 'x-unit': 'GB' })
const load = (title: string, description: string, most: number) =>
  z.number().min(0).max(most).meta({ title, description, 'x-unit': 'ratio' })
const name = z.string().min(1).max(100).meta({ title: 'Name', description: 'A name of your own' })

const Model = z
  .strictObject({
    name,
    weightsGb: gb('Weights', 'One copy in memory'),
    cacheGb: gb('Cache', 'KV cache of one copy at its busiest'),
    loadRatio: load('Load', 'GPUs that its own traffic keeps busy at the planned utilisation', 1000),
    adapters: z
      .array(
        z.strictObject({
          name,
          gb: gb('Adapter', 'Of one adapter in memory'),
          loadRatio: load('Load', 'GPUs that its traffic keeps busy', 1000),
        }),
      )
      .max(200)
      .default([])
      .meta({ title: 'Adapters', description: 'Served beside their base: they share its weights and cache' }),
  })
  .meta({ title: 'Model', description: 'A model that fits on one GPU, with its adapters' })

export const packing = calculation({
  id: 'packing',
  title: 'Packing',
  summary:
    'The fewest GPUs that hold several models and adapters together, against one fleet for each, and against a copy for each adapter',
  formula: 'usdPerHour = the fewest GPUs that hold every copy within memory and time × usdPerGpuHour',
  sheet: false,
  input: z.strictObject({
    models: z
      .array(Model)
      .min(1)
      .max(50)
      .meta({ title: 'Models', description: 'What is served; a load above one GPU takes several copies' }),
    usableGbPerGpu: z.number().positive().max(1e5).meta({
      title: 'Memory',
      description: 'Of one GPU, without what the engine keeps for itself',
      'x-unit': 'GB',
    }),
    usdPerGpuHour: z.number().min(0).max(1e4).meta({
      title: 'Price',
      description: 'Of one GPU for an hour',
      'x-unit': 'USD/GPU hour',
    }),
  }),
  output: z.strictObject({
    gpuCount: z.number().meta({ title: 'GPUs together', 'x-unit': 'GPU' }),
    apartGpuCount: z.number().meta({ title: 'GPUs with a fleet for each model', 'x-unit': 'GPU' }),
    copiedGpuCount: z
      .number()
      .meta({ title: 'GPUs with a copy of the base for each adapter, each on its own', 'x-unit': 'GPU' }),
    savedUsdPerHour: z.number().meta({ title: 'Saved against fleets apart', 'x-unit': 'USD/hour' }),
    atLeastGpus: z.number().meta({ title: 'No packing takes fewer than', 'x-unit': 'GPU' }),
    isComplete: z.boolean().meta({ title: 'Whether the search was not cut; where it was, fewer may do' }),
    gpus: z.array(z.array(z.string())).meta({ title: 'What stands on each GPU' }),
  }),
  sources: [
    {
      title:
        'A. Caprara, P. Toth, Discrete Applied Mathematics 111(3), 2001, pp. 231-262: two-dimensional vector packing',
    },
  ],
  examples: [
    {
      title: 'Three models of which two share a GPU',
      input: {
        models: [
          { name: 'a', weightsGb: 40, cacheGb: 10, loadRatio: 0.7 },
          { name: 'b', weightsGb: 16, cacheGb: 4, loadRatio: 0.3 },
          { name: 'c', weightsGb: 30, cacheGb: 10, loadRatio: 0.6 },
        ],
        usableGbPerGpu: 72,
        usdPerGpuHour: 3,
      },
      value: 6,
    },
  ],
  compute({ models, usableGbPerGpu, usdPerGpuHour }) {
    const copies = models.map((model, at) => copiesOf(model, `models.${at}`, usableGbPerGpu))
    const items = copies.flat()
    if (items.length > mostItems) {
      throw invalid(
        'models',
        `models: their loads take ${items.length} copies; at most ${mostItems} are packed.`,
      )
    }
    const found = fewestGpus(items, usableGbPerGpu)
    const gpuCount = found.gpus.length
    const apartGpuCount = copies.reduce(
      (total, each) => total + fewestGpus(each, usableGbPerGpu).gpus.length,
      0,
    )
    const breakdown = product(
      { name: 'GPUs', value: gpuCount, unit: 'GPU' },
      { name: 'price', value: usdPerGpuHour, unit: 'USD/GPU hour' },
    )
    return {
      result: {
        gpuCount,
        apartGpuCount,
        copiedGpuCount: copiedGpus(models),
        savedUsdPerHour: (apartGpuCount - gpuCount) * usdPerGpuHour,
        atLeastGpus: found.floor,
        isComplete: found.isComplete,
        gpus: found.gpus.map((held) => held.map((index) => items[index]?.name ?? '')),
      },
      value: evaluate(breakdown),
      unit: 'USD/hour',
      breakdown,
      assumptions: [alike, ...(found.isComplete ? [] : [cut(found.floor)])],
    }
  },
})

type Model = z.output<typeof Model>
const mostItems = 200

/** Copies of a model with its adapters, the load spread evenly over them. */
function copiesOf(
  { name, weightsGb, cacheGb, adapters, loadRatio }: Model,
  path: string,
  usableGb: number,
): Item[] {
  const memoryGb = weightsGb + cacheGb + adapters.reduce((total, { gb: size }) => total + size, 0)
  if (memoryGb > usableGb) {
    throw invalid(
      path,
      `${path}: "${name}" takes ${memoryGb} GB with its cache and adapters; at most ${usableGb} fit on one GPU. A model over several GPUs is a fleet of its own: capacity sizes it.`,
    )
  }
  const load = adapters.reduce((total, adapter) => total + adapter.loadRatio, loadRatio)
  const count = Math.max(1, Math.ceil(load * (1 - 1e-9)))
  return Array.from({ length: count }, (_, copy) => ({
    name: count === 1 ? name : `${name} (${copy + 1} of ${count})`,
    memoryGb,
    loadRatio: load / count,
  }))
}

/** Each base and each adapter merged into a base of its own, on GPUs of its own. */
const copiedGpus = (models: readonly Model[]): number =>
  models
    .flatMap(({ loadRatio, adapters }) => [
      ...(loadRatio > 0 || adapters.length === 0 ? [loadRatio] : []),
      ...adapters.map((adapter) => adapter.loadRatio),
    ])
    .reduce((total, load) => total + Math.max(1, Math.ceil(load * (1 - 1e-9))), 0)

const alike: Assumption = {
  field: 'models',
  value: null,
  unit: null,
  because: 'Loads on one GPU are taken to add up: interference between models is not counted.',
}
const cut = (floor: number): Assumption => ({
  field: 'isComplete',
  value: false,
  unit: null,
  because: `The search was cut: fewer GPUs may do, but never fewer than ${floor}.`,
})
