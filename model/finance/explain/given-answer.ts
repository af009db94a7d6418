import { z } from 'zod'

const Term = z.looseObject({ name: z.string(), operator: z.string(), value: z.number() })
const Assumption = z.looseObject({
  field: z.string(),
  value: z.unknown(),
  because: z.string(),
})

/** An answer as any calculation gives it. */
export const GivenAnswer = z
  .looseObject({
    id: z.string().min(1).max(100).meta({ title: 'Calculation', description: 'Whose answer it is' }),
    value: z.union([z.number(), z.string(), z.boolean(), z.null()]).default(null).meta({
      title: 'Value',
      description: 'What a cell would show; null is unknown',
      'x-unit': 'unit of the input',
    }),
    unit: z.string().max(100).nullable().default(null).meta({ title: 'Unit', description: 'Of the value' }),
    result: z.unknown().meta({ title: 'Result', description: 'All that was found' }),
    breakdown: z
      .array(Term)
      .max(10_000)
      .default([])
      .meta({ title: 'Breakdown', description: 'The terms of the value' }),
    assumptions: z
      .array(Assumption)
      .max(10_000)
      .default([])
      .meta({ title: 'Assumptions', description: 'What was not given' }),
    interval: z
      .object({ p10: z.number(), p50: z.number(), p90: z.number() })
      .nullable()
      .default(null)
      .meta({ title: 'Interval', description: 'Band of the value' }),
    dataset: z
      .looseObject({ version: z.string(), pricesAsOf: z.string().nullable() })
      .optional()
      .meta({ title: 'Dataset', description: 'What it rests on' }),
  })
  .meta({ title: 'Answer', description: 'The whole answer of a calculation, as it came' })
export type GivenAnswer = z.output<typeof GivenAnswer>
