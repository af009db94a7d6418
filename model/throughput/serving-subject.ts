import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { gpuOf } from '../gpu-field.ts'
import { weightsNamedBy } from '../model-field.ts'
import { lowerBounds, modelParts } from '../omissions.ts'
import type { PrecisionId } from '../precision.ts'
import { type GpuFigures, gpuFigures } from './gpu-figures.ts'
import { type ModelFigures, modelFigures } from './model-figures.ts'
import { publishedPrecision } from './published-precision.ts'

/** A model on a GPU at a precision, resolved from names, with what was assumed on the way. */
export interface ServingSubject {
  readonly model: ModelFigures
  readonly gpu: GpuFigures
  readonly precision: PrecisionId
  readonly assumptions: readonly Assumption[]
}

/**
 * @throws InputProblem for a name that no fact answers to, and for a bare count: a count has no layers or heads, so
 *   neither its speed nor its cache follows from it.
 */
export function servingSubject(
  input: {
    readonly model?: number | string | undefined
    readonly config?: Readonly<Record<string, unknown>> | undefined
    readonly gpu: string
    readonly precision?: PrecisionId | undefined
  },
  facts: Facts,
): ServingSubject {
  const subject = weightsNamedBy(input, facts)
  const gpu = gpuFigures(gpuOf(input.gpu, facts))
  const { precision, because } =
    input.precision === undefined
      ? publishedPrecision(subject.config)
      : { precision: input.precision, because: null }
  return {
    model: modelFigures(subject.id, subject.config),
    gpu,
    precision,
    assumptions: [
      ...subject.assumptions,
      ...lowerBounds(subject.config, { field: 'weightBytes', parts: modelParts }),
      ...(because === null ? [] : [{ field: 'precision', value: precision, unit: null, because }]),
      ...(gpu.memoryFromLabel
        ? [
            {
              field: 'memoryBytes',
              value: gpu.memoryBytes,
              unit: 'byte' as const,
              because: `No source states the bytes that ${gpu.id} reports; its label is taken, in GB of 10^9 bytes.`,
            },
          ]
        : []),
    ],
  }
}
