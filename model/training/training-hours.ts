import { divideBy, group, type Term } from '../breakdown.ts'
import type { Assumption } from '../calculation.ts'
import type { Weights } from '../facts.ts'
import type { Subject } from '../model-field.ts'
import { lowerBounds } from '../omissions.ts'
import { SECONDS_PER_HOUR } from '../units.ts'
import { utilisationSource, utilisationSpread } from './mfu-spread.ts'
import { activeParametersOf, trainingFlopTerms } from './training-flop.ts'

export interface Hours {
  readonly subject: Subject
  readonly tokens: number
  readonly sequenceTokens: number
  readonly flopPerSecond: number
  readonly utilisation: number
}

/** GPU hours = flop / (peak × utilisation × 3600). */
export function hourTerms({ subject, tokens, sequenceTokens, flopPerSecond, utilisation }: Hours): Term[] {
  const config: Weights['config'] | null = subject.kind === 'count' ? null : subject.config
  const activeParameters =
    subject.kind === 'count' ? subject.parameterCount : activeParametersOf(subject.config)
  const flop = group(
    'training run',
    'FLOP',
    trainingFlopTerms({ config, activeParameters, tokens, sequenceTokens }),
  )
  return [
    { ...flop, operator: 'add' },
    divideBy({ name: 'peak of one GPU', value: flopPerSecond, unit: 'FLOP/second' }),
    divideBy({ name: 'utilisation', value: utilisation, unit: 'ratio' }),
    divideBy({ name: 'seconds in an hour', value: SECONDS_PER_HOUR, unit: 'second' }),
  ]
}

/** What is said of a config, of a utilisation that was not given, and of a bare count. */
export function runAssumptions(mfu: number | undefined, subject: Subject): Assumption[] {
  return [
    ...subject.assumptions,
    ...(subject.kind === 'count' ? [] : lowerBounds(subject.config, { field: 'flop', parts: ['attention'] })),
    ...(mfu !== undefined
      ? []
      : [
          {
            field: 'mfu',
            value: utilisationSpread.p50,
            unit: 'ratio' as const,
            because: 'The median of 15 published runs; the tenth and ninetieth percentile make the interval.',
            source: utilisationSource,
          },
        ]),
    ...(subject.kind === 'count'
      ? [
          {
            field: 'model',
            value: subject.parameterCount,
            unit: 'parameter' as const,
            because: 'A bare count is taken as dense, and its attention cannot be counted.',
          },
        ]
      : []),
    {
      field: 'flop',
      value: null,
      unit: null,
      because: 'Failed runs, experiments before the run, and post-training are not in it.',
    },
  ]
}
