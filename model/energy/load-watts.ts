import type { Assumption, Interval } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import { invalid } from '../problem.ts'
import type { Source } from '../source.ts'
import { ascending, quantile } from '../workload/statistics.ts'

/** What one GPU draws while it works, and where that is known from. */
export interface LoadWatts {
  readonly watts: number
  /** Over models and counts of GPUs; null where nothing was measured. */
  readonly interval: Interval | null
  readonly assumption: Assumption | null
  readonly sources: readonly Source[]
}

/** Batches this far from the one asked for count as like it. */
const likeBatch = 2

/**
 * Watts of one GPU that serves so many requests at once.
 *
 *   as given; else the median of what was measured on this GPU at batches within a factor of two, or at the nearest one;
 *   else the most that its maker states, which is an upper bound and says so
 *
 * No other GPU's measurement stands in. The limit is rarely drawn: an H100 draws 440 to 690 of its 700 W.
 *
 * @throws InputProblem where neither a measurement nor the maker's limit is known.
 */
export function loadWatts({
  gpu,
  batch,
  given,
  facts,
}: {
  readonly gpu: Gpu
  readonly batch: number
  readonly given: number | undefined
  readonly facts: Facts
}): LoadWatts {
  if (given !== undefined) return { watts: given, interval: null, assumption: null, sources: [] }
  const measured = facts.power(gpu.id)
  if (measured.length === 0) return statedLimit(gpu)
  const distance = (other: number) => Math.max(other / batch, batch / other)
  const nearest = Math.min(...measured.map((row) => distance(row.batch)))
  const like = measured.filter((row) => distance(row.batch) <= Math.max(likeBatch, nearest))
  const watts = ascending(like.map(({ wattsPerGpu }) => wattsPerGpu))
  const p50 = quantile(watts, 0.5)
  const models = new Set(like.map(({ model }) => model)).size
  const sources = [...new Set(like.map(({ source }) => source))].map((title) => ({ title }))
  const [source] = sources
  return {
    watts: p50,
    interval: { p10: quantile(watts, 0.1), p50, p90: quantile(watts, 0.9) },
    assumption: {
      field: 'watts',
      value: p50,
      unit: 'watt',
      because: `Median of ${like.length} measurements of ${models} ${models === 1 ? 'model' : 'models'} on ${gpu.id} at like batches; its limit is ${gpu.powerWatts ?? 'unknown'} W.`,
      ...(source && { source }),
    },
    sources,
  }
}

function statedLimit(gpu: Gpu): LoadWatts {
  if (gpu.powerWatts === null) {
    throw invalid(
      'watts',
      `watts: neither a measurement nor a limit of ${gpu.id} is known; give the watts that one draws under load.`,
    )
  }
  return {
    watts: gpu.powerWatts,
    interval: null,
    assumption: {
      field: 'watts',
      value: gpu.powerWatts,
      unit: 'watt',
      because: `An upper bound: no measurement of ${gpu.id} under load is known, so its stated limit is taken.`,
      source: { title: gpu.source, date: gpu.checkedOn },
    },
    sources: [{ title: gpu.source, date: gpu.checkedOn }],
  }
}
