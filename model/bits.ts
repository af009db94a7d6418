import { z } from 'zod'
import { calculation } from './calculation.ts'
import { PrecisionField, precisions } from './precision.ts'

export const bits = calculation({
  id: 'bits',
  title: 'Bits per weight',
  summary: 'Effective bits that one weight takes in a number format, block scales included',
  formula: 'bitsPerWeight = bits + scaleBits / groupSize',
  input: z.strictObject({ precision: PrecisionField }),
  output: z.strictObject({
    bitsPerWeight: z.number().meta({ title: 'Bits per weight', 'x-unit': 'bit/weight' }),
    scales: z.string().meta({ title: 'Scales' }),
  }),
  sources: [],
  examples: [
    { input: { precision: 'int4' }, value: 4 },
    { input: { precision: 'mxfp4' }, value: 4.25 },
    { input: { precision: 'q4_0' }, value: 4.5 },
  ],
  compute({ precision }) {
    const { bitsPerWeight, scales, source } = precisions[precision]
    return {
      result: { bitsPerWeight, scales },
      value: bitsPerWeight,
      unit: 'bit/weight',
      breakdown: [
        {
          name: `${precision}, ${scales === 'none' ? 'no scales' : scales}`,
          operator: 'add',
          value: bitsPerWeight,
          unit: 'bit/weight',
        },
      ],
      sources: [source],
    }
  },
})
