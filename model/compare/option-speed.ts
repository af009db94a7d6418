import type { Assumption, Interval } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import type { Source } from '../source.ts'
import { outputRatioOf } from '../workload/traffic.ts'
import { asCounted } from './as-counted.ts'
import { estimatedSpeed, type SpeedQuestion } from './estimated-speed.ts'
import { filledGap } from './filled-gap.ts'
import { knownModel } from './known-model.ts'
import type { OptionField } from './option-fields.ts'

interface Speed {
  readonly outputTokensPerSecond: number
  readonly band: Interval | null
  readonly gpusPerReplica: number
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
}

type SpeedContext = Pick<SpeedQuestion, 'model' | 'precision' | 'limits' | 'traffic'> & {
  readonly facts: Facts
}

/** The speed as measured, or as estimated where nothing was measured. */
export function speedOf(
  given: Exclude<OptionField, { kind: 'token-api' }>,
  gpu: Gpu,
  path: string,
  { model, precision, limits, traffic, facts }: SpeedContext,
): Speed | string {
  if (outputRatioOf(traffic) === 0) return 'requests without output have no speed in output tokens a second.'
  const { outputTokensPerSecond, gpusPerReplica } = given
  if (outputTokensPerSecond !== undefined) {
    return {
      outputTokensPerSecond,
      band: null,
      gpusPerReplica: gpusPerReplica ?? 1,
      assumptions:
        gpusPerReplica === undefined
          ? [
              filledGap(
                `${path}.gpusPerReplica`,
                1,
                'GPU',
                'The measured speed is taken to be that of one GPU.',
              ),
            ]
          : [],
      sources: [],
    }
  }
  if (model !== undefined) knownModel('model', model, facts)
  const question = { model, precision, gpu, gpusPerReplica, traffic: asCounted(given, traffic), limits }
  const estimate = estimatedSpeed(question, facts)
  if ('unknown' in estimate) return estimate.unknown
  const { p50 } = estimate.outputTokensPerSecond
  return {
    outputTokensPerSecond: p50,
    band: estimate.outputTokensPerSecond,
    gpusPerReplica: estimate.gpusPerReplica,
    assumptions: [filledGap(`${path}.outputTokensPerSecond`, p50, 'token/second', estimate.because)],
    sources: estimate.sources,
  }
}
