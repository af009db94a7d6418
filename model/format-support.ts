import type { Gpu } from './facts.ts'
import { type FormatRule, formatRules, plainFormats } from './format-rules.ts'
import { type PrecisionId, precisions } from './precision.ts'
import type { Source } from './source.ts'

/** What is said of one format on one GPU; a peak's source is that of the GPU. */
export interface FormatSupport {
  readonly support: FormatRule['support'] | 'unstated'
  readonly source: Source | null
}

/** Whether a GPU multiplies in a format, by a rule with a source, else by a peak where the format has no blocks. */
export function formatSupport(
  gpu: Pick<Gpu, 'id' | 'architecture' | 'peakFlopPerSecond'>,
  precision: PrecisionId,
): FormatSupport {
  const { arithmetic } = precisions[precision]
  const hasPeak = arithmetic !== null && typeof gpu.peakFlopPerSecond[arithmetic] === 'number'
  if (plainFormats.has(precision) && hasPeak) return { support: 'native', source: null }
  const rule = formatRules.find((one) => one.precisions.includes(precision) && holdsOn(gpu, one))
  return rule ? { support: rule.support, source: rule.source } : { support: 'unstated', source: null }
}

const holdsOn = (gpu: Pick<Gpu, 'id' | 'architecture'>, { architectures, gpus }: FormatRule): boolean =>
  (!architectures && !gpus) ||
  architectures?.includes(gpu.architecture) === true ||
  gpus?.includes(gpu.id) === true
