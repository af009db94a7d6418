import { z } from 'zod'
import { divideBy, product } from './breakdown.ts'
import { calculation } from './calculation.ts'
import { ConfigField, ModelField, subjectOf } from './model-field.ts'
import { lowerBounds, modelParts } from './omissions.ts'
import { parameterCount } from './parameters.ts'
import { PrecisionField, precisions } from './precision.ts'
import { BITS_PER_BYTE, BYTES_PER_MEMORY_UNIT, memoryUnits } from './units.ts'

/**
 * Memory that the weights occupy, without cache, activations or runtime.
 *
 *   weightBytes = parameterCount × bitsPerWeight / 8
 *
 * Exact when every tensor is stored in one format. What stays at 16 bits in a real file belongs to `checkpoint`.
 */
const weightBytes = (parameterCount: number, bitsPerWeight: number): number =>
  (parameterCount * bitsPerWeight) / BITS_PER_BYTE

export const memory = calculation({
  id: 'memory',
  title: 'Weight memory',
  summary: 'Memory that the weights occupy, without cache, activations or runtime',
  formula: 'memory = parameters × bitsPerWeight / 8 bytes, in the unit asked',
  input: z.strictObject({
    model: ModelField.optional(),
    precision: PrecisionField,
    unit: z
      .enum(memoryUnits)
      .default('GB')
      .meta({ title: 'Unit', description: 'Unit of the answer: GB is 10^9 bytes, GiB 2^30' }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    weightBytes: z.number().meta({ title: 'Weight memory', 'x-unit': 'byte' }),
    parameterCount: z.number().meta({ title: 'Parameters', 'x-unit': 'parameter' }),
    bitsPerWeight: z.number().meta({ title: 'Bits per weight', 'x-unit': 'bit/weight' }),
  }),
  sources: [],
  examples: [
    { input: { model: 70e9, precision: 'int4' }, value: 35 },
    { input: { model: 70e9, precision: 'bf16', unit: 'GiB' }, value: (70e9 * 2) / 2 ** 30 },
  ],
  compute({ model, config, precision, unit }, facts) {
    const subject = subjectOf({ model, config }, facts)
    const count = subject.kind === 'count' ? subject.parameterCount : parameterCount(subject.config)
    const { bitsPerWeight, source } = precisions[precision]
    const bytes = weightBytes(count, bitsPerWeight)
    return {
      result: { weightBytes: bytes, parameterCount: count, bitsPerWeight },
      value: bytes / BYTES_PER_MEMORY_UNIT[unit],
      unit: unit === 'bytes' ? 'byte' : unit,
      breakdown: [
        ...product(
          { name: 'parameters', value: count, unit: 'parameter' },
          { name: 'bits per weight', value: bitsPerWeight, unit: 'bit/weight', note: precision },
        ),
        divideBy({ name: 'bits in a byte', value: BITS_PER_BYTE, unit: 'count' }),
        divideBy({ name: 'bytes in the unit', value: BYTES_PER_MEMORY_UNIT[unit], unit: 'byte', note: unit }),
      ],
      assumptions:
        subject.kind === 'count'
          ? []
          : [
              ...subject.assumptions,
              ...lowerBounds(subject.config, { field: 'parameterCount', parts: modelParts }),
              {
                field: 'precision',
                value: precision,
                unit: null,
                because:
                  'Every parameter is counted at this precision; what a real file keeps at 16 bits is counted by checkpoint.',
              },
            ],
      sources: [source],
    }
  },
})
