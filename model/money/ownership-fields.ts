import { z } from 'zod'
import type { Assumption } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import type { Source } from '../source.ts'
import { usd } from './money-fields.ts'
import type { OwnershipTerms } from './ownership.ts'
import {
  type Cited,
  citedCost,
  kilowattsPerGpu,
  powerUsageEffectiveness,
  purchaseUsdPerGpu,
} from './server-facts.ts'

const configiq: Source = {
  title: 'redhat-performance/configiq, audit fixture: owned server, 4 years, 20% residual, 8% capital',
}

/** What ownership takes when nothing else is said; each one is shown as an assumption. */
const planned = {
  installUsdPerGpu: { value: 0, unit: 'USD', because: 'Installation is not counted: nobody gave its cost.' },
  lifeMonths: {
    value: 48,
    unit: 'month',
    because: 'A life of 4 years; large operators book 5 to 6, a bear case is 3.',
    source: configiq,
  },
  residualRatio: {
    value: 0.2,
    unit: 'ratio',
    because: 'A fifth of the purchase is left at the end of the life; resale data is weak.',
    source: configiq,
  },
  costOfCapitalPerYear: {
    value: 0.08,
    unit: 'ratio',
    because: '8% a year on the mean book value.',
    source: configiq,
  },
} as const

/** Fields of bought servers, per GPU with its share of the server. What is left out comes from cited figures. */
export const ownershipFields = {
  usdPerGpu: usd('Purchase', 'Price of one GPU with its share of server, network and rack').optional(),
  installUsdPerGpu: usd('Installation', 'Once, for each GPU; not counted where it is not given').optional(),
  lifeMonths: z
    .number()
    .positive()
    .max(240)
    .optional()
    .meta({ title: 'Life', description: 'Until the server is replaced', 'x-unit': 'month', default: 48 }),
  residualRatio: z.number().nonnegative().max(1).optional().meta({
    title: 'Residual',
    description: 'Share of the purchase that is left at the end of the life',
    'x-unit': 'ratio',
    default: 0.2,
  }),
  costOfCapitalPerYear: z.number().nonnegative().max(1).optional().meta({
    title: 'Cost of capital',
    description: 'A year, on the mean book value',
    'x-unit': 'ratio',
    default: 0.08,
  }),
  kilowattsPerGpu: z.number().nonnegative().max(100).optional().meta({
    title: 'Draw',
    description: 'One GPU with its share of the server, without the building',
    'x-unit': 'kilowatt',
  }),
  powerUsageEffectiveness: z.number().min(1).max(10).optional().meta({
    title: 'Power usage effectiveness',
    description: 'Power of the building over power of its machines (ISO/IEC 30134-2)',
    'x-unit': 'ratio',
  }),
  usdPerKwh: z.number().nonnegative().max(1e3).optional().meta({
    title: 'Electricity price',
    description: 'Delivered',
    'x-unit': 'USD/kilowatt hour',
  }),
  colocationUsdPerKilowattMonth: z.number().nonnegative().max(1e6).optional().meta({
    title: 'Colocation',
    description: 'Rent of space and cooling, without the electricity',
    'x-unit': 'USD/kilowatt month',
  }),
}

export const OwnershipFields = z.strictObject(ownershipFields)
type OwnershipFields = z.output<typeof OwnershipFields>

/** Terms of ownership, and what they are at the ends of the ranges that their sources give. */
export interface Owned {
  readonly terms: OwnershipTerms
  readonly assumptions: readonly Assumption[]
  /** All terms at the end where they cost least, and most; null where no term has a range. */
  readonly ends: { readonly low: OwnershipTerms; readonly high: OwnershipTerms } | null
}

/** The terms of ownership with every gap filled from the facts and said so, or what no source states. */
export function ownershipOf({
  given,
  gpu,
  path,
  facts,
}: {
  given: OwnershipFields
  gpu: Gpu
  /** Where the fields stand in the input, for its assumptions: `options`. */
  path: string
  facts: Facts
}): Owned | { missingField: string; missing: string } {
  const assumptions: Assumption[] = []
  const low: Partial<Record<keyof OwnershipTerms, number>> = {}
  const high: Partial<Record<keyof OwnershipTerms, number>> = {}
  const missingFields: string[] = []
  const orPlanned = (name: keyof typeof planned): number => {
    const value = given[name]
    if (value !== undefined) return value
    assumptions.push({
      field: `${path}.${name}`,
      ...planned[name],
      ...(name === 'installUsdPerGpu' && { value: null }),
    })
    return planned[name].value
  }
  const orCited = (
    name: Exclude<keyof OwnershipFields, keyof typeof planned>,
    source: (field: string) => Cited | null,
  ): number => {
    const value = given[name]
    if (value !== undefined) return value
    const found = source(`${path}.${name}`)
    if (found) assumptions.push(found.assumption)
    else missingFields.push(`${path}.${name}`)
    if (found?.range) {
      low[name] = found.range.low
      high[name] = found.range.high
    }
    return found?.value ?? Number.NaN
  }
  const terms: OwnershipTerms = {
    usdPerGpu: orCited('usdPerGpu', (field) => purchaseUsdPerGpu(facts, gpu, field)),
    installUsdPerGpu: orPlanned('installUsdPerGpu'),
    lifeMonths: orPlanned('lifeMonths'),
    residualRatio: orPlanned('residualRatio'),
    costOfCapitalPerYear: orPlanned('costOfCapitalPerYear'),
    kilowattsPerGpu: orCited('kilowattsPerGpu', (field) => kilowattsPerGpu(facts, gpu, field)),
    powerUsageEffectiveness: orCited('powerUsageEffectiveness', (field) =>
      powerUsageEffectiveness(facts, field),
    ),
    usdPerKwh: orCited('usdPerKwh', (field) =>
      citedCost(facts, field, 'electricity_us_commercial', 'USD/kilowatt hour'),
    ),
    colocationUsdPerKilowattMonth: orCited('colocationUsdPerKilowattMonth', (field) =>
      citedCost(facts, field, 'colo_wholesale_na_250_500kw', 'USD/kilowatt month'),
    ),
  }
  const [missingField] = missingFields
  if (missingField === undefined) {
    const ranged = Object.keys(low).length > 0
    return {
      terms,
      assumptions,
      ends: ranged ? { low: { ...terms, ...low }, high: { ...terms, ...high } } : null,
    }
  }
  const missing = `${missingField} is missing, and no source states it for ${gpu.id}: give it.`
  return { missingField, missing }
}
