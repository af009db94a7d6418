import { z } from 'zod'
import { type Assumption, calculation } from '../calculation.ts'
import { GpuField, gpuOf } from '../gpu-field.ts'
import { invalid } from '../problem.ts'
import { HOURS_PER_MONTH } from '../units.ts'
import { termsOf, totalUsd } from './line.ts'
import { type OwnershipTerms, ownershipLines } from './ownership.ts'
import { OwnershipFields, ownershipOf } from './ownership-fields.ts'

const bound = (title: string, end: string) =>
  z
    .number()
    .nullable()
    .meta({
      title,
      description: `Every cited figure at the ${end} end of its source's range, all at once; null where none has a range`,
      'x-unit': 'USD/month',
    })

/** Sources give ranges and no distributions, so their ends are bounds and no percentiles. */
const noInterval = (ranged: boolean): Assumption => ({
  field: 'interval',
  value: null,
  unit: null,
  because: ranged
    ? 'The sources give ranges, not distributions, so no percentile follows from them: lowUsdPerMonth and highUsdPerMonth have every cited figure at the same end of its range at once, which is a bound and rarer than any one of them. Life, residual and cost of capital stay as they are.'
    : 'No figure here comes from a source with a range: all were given, or are cited alone.',
})

export const ownCost = calculation({
  id: 'own-cost',
  title: 'Own cost',
  summary:
    'What bought GPUs cost a month: depreciation, installation, capital, power and colocation; no staff',
  formula:
    'usdPerMonth = usdPerGpu × gpuCount × (1 − residualRatio) / lifeMonths + installation + mean book value × costOfCapitalPerYear / 12 + power + colocation',
  input: z.strictObject({
    gpu: GpuField,
    gpuCount: z
      .number()
      .int()
      .positive()
      .max(1e6)
      .meta({ title: 'GPUs', description: 'Whole GPUs bought', 'x-unit': 'GPU' }),
    months: z.number().positive().max(240).default(36).meta({
      title: 'Horizon',
      description: 'Months over which the book value is averaged',
      'x-unit': 'month',
    }),
    options: OwnershipFields.default({}).meta({
      title: 'Options',
      description: 'Purchase, installation, life, residual, capital, draw, power and colocation, where known',
    }),
  }),
  output: z.strictObject({
    usdPerMonth: z.number().meta({ title: 'Cost a month', 'x-unit': 'USD/month' }),
    usdPerGpuHour: z.number().meta({ title: 'Cost of a GPU hour', 'x-unit': 'USD/GPU hour' }),
    lowUsdPerMonth: bound('Lower bound of the cost a month', 'low'),
    highUsdPerMonth: bound('Upper bound of the cost a month', 'high'),
  }),
  sources: [],
  examples: [
    {
      title: 'Depreciation and capital alone: redhat-performance/configiq, audit fixture',
      input: {
        gpu: 'a100-sxm-80gb',
        gpuCount: 8,
        months: 36,
        options: {
          usdPerGpu: 20_000,
          kilowattsPerGpu: 0,
          powerUsageEffectiveness: 1,
          usdPerKwh: 0,
          colocationUsdPerKilowattMonth: 0,
        },
      },
      value: 160_000 * (0.8 / 48) + (160_000 - 48_000) * (0.08 / 12),
    },
  ],
  compute({ gpu: gpuId, gpuCount, months, options }, facts) {
    const gpu = gpuOf(gpuId, facts)
    const owned = ownershipOf({ given: options, gpu, path: 'options', facts })
    if ('missing' in owned) throw invalid(owned.missingField, owned.missing)
    const period = { horizonMonths: months, hoursPerMonth: HOURS_PER_MONTH }
    const linesOf = (terms: OwnershipTerms) => ownershipLines({ ...terms, ...period }, gpuCount)
    const lines = linesOf(owned.terms)
    const usdPerMonth = totalUsd(lines)
    return {
      result: {
        usdPerMonth,
        usdPerGpuHour: usdPerMonth / gpuCount / HOURS_PER_MONTH,
        lowUsdPerMonth: owned.ends && totalUsd(linesOf(owned.ends.low)),
        highUsdPerMonth: owned.ends && totalUsd(linesOf(owned.ends.high)),
      },
      value: usdPerMonth,
      unit: 'USD/month',
      breakdown: termsOf(lines),
      assumptions: [...owned.assumptions, noInterval(owned.ends !== null)],
      sources: [
        { title: `${gpu.name}: ${gpu.source}`, date: gpu.checkedOn },
        ...owned.assumptions.flatMap(({ source }) => source ?? []),
      ],
    }
  },
})
