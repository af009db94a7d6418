import { OptionField } from '../compare/option-fields.ts'
import type { Candidate } from '../compare/price-option.ts'
import { fieldsOf } from '../fields.ts'
import type { Unit } from '../meta.ts'
import { MONTHS_PER_YEAR, SECONDS_PER_HOUR, TOKENS_PER_MILLION, WATTS_PER_KILOWATT } from '../units.ts'
import { called, type Dialect } from './dialect.ts'

/** A figure of an option that a person may change. */
export interface InputRow {
  /** What formulas call it, behind the option's own name. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly value: number
  readonly unit: Unit
}

/** A line of an option's month: `usd = quantity × price`, each a formula. */
export interface LineRow {
  readonly name: string
  readonly quantity: string
  readonly unit: string
  readonly price: string
  /** Where one of our functions gives the amount; else the product. */
  readonly usd?: string
}

/** What a person may change of an option: the numbers of its own schema, in the schema's order and words. */
export function inputRows({ option }: Candidate): InputRow[] {
  const schema = OptionField.options.find(({ shape }) => shape.kind.value === option.kind)
  const values: Readonly<Record<string, unknown>> =
    option.kind === 'token-api'
      ? { ...option, usdPerMillionCachedInput: option.usdPerMillionCachedInput ?? option.usdPerMillionInput }
      : { ...option }
  const fields = schema ? fieldsOf({ id: option.kind, input: schema }) : []
  return fields.flatMap(({ name, title, description, unit }) => {
    const value = values[name]
    return typeof value === 'number' && unit !== undefined ? [{ name, title, description, value, unit }] : []
  })
}

/** Names as a formula speaks of them: those of the option, and those that all options share. */
interface Names {
  own(name: string): string
  readonly dialect: Dialect
}

/** The lines of an option's month. */
export function lineRows({ option }: Candidate, names: Names): LineRow[] {
  const { own } = names
  const fixed: LineRow = {
    name: 'fixed costs',
    quantity: '1',
    unit: 'month',
    price: own('fixedUsdPerMonth'),
  }
  switch (option.kind) {
    case 'token-api':
      return [...tokenRows(names), fixed]
    case 'rented-gpus':
      return [
        {
          name: 'GPU hours',
          quantity: `${own('gpuCount')}*${option.committed ? 'hoursPerMonth' : 'activeHoursPerMonth'}`,
          unit: 'GPU hour',
          price: own('usdPerGpuHour'),
        },
        fixed,
      ]
    case 'bought-servers':
      return [...ownershipRows(names), fixed]
  }
}

function tokenRows({ own, dialect }: Names): LineRow[] {
  const input = `tokensPerMonth*${own('tokenizerRatio')}*(1-outputRatio)`
  const output = `tokensPerMonth*${own('tokenizerRatio')}*outputRatio*${own('hiddenReasoningRatio')}`
  const meter = (name: string, tokens: string, price: string): LineRow => ({
    name,
    quantity: `${tokens}/${TOKENS_PER_MILLION}`,
    unit: 'million tokens',
    price,
    usd: called(dialect, {
      id: 'api-cost',
      cells: [tokens, '0', price, '0'],
      plain: `${tokens}/${TOKENS_PER_MILLION}*${price}`,
    }),
  })
  return [
    meter('input tokens', `${input}*(1-cachedInputRatio)`, own('usdPerMillionInput')),
    meter('cached input tokens', `${input}*cachedInputRatio`, own('usdPerMillionCachedInput')),
    meter('output tokens', output, own('usdPerMillionOutput')),
  ]
}

function ownershipRows({ own, dialect }: Names): LineRow[] {
  const months = `MIN(horizonMonths,${own('lifeMonths')})`
  const depreciation = `${own('usdPerGpu')}*(1-${own('residualRatio')})/${own('lifeMonths')}`
  const installation = `${own('installUsdPerGpu')}/${own('lifeMonths')}`
  const meanBook = `(${own('usdPerGpu')}+${own('installUsdPerGpu')}-(${depreciation}+${installation})*${months}/2)`
  const kilowatts = `${own('kilowattsPerGpu')}*${own('gpuCount')}`
  const kilowattHours = `${kilowatts}*${own('powerUsageEffectiveness')}*hoursPerMonth`
  const perGpu = (name: string, price: string): LineRow => ({
    name,
    quantity: own('gpuCount'),
    unit: 'GPU',
    price,
  })
  return [
    perGpu('depreciation', depreciation),
    perGpu('installation', installation),
    perGpu('cost of capital', `${meanBook}*${own('costOfCapitalPerYear')}/${MONTHS_PER_YEAR}`),
    {
      name: 'power',
      quantity: kilowattHours,
      unit: 'kilowatt hour',
      price: own('usdPerKwh'),
      usd: called(dialect, {
        id: 'power-cost',
        cells: [
          `${WATTS_PER_KILOWATT}*${kilowatts}`,
          own('usdPerKwh'),
          own('powerUsageEffectiveness'),
          'hoursPerMonth',
        ],
        plain: `${kilowattHours}*${own('usdPerKwh')}`,
      }),
    },
    {
      name: 'colocation',
      quantity: kilowatts,
      unit: 'kilowatt',
      price: own('colocationUsdPerKilowattMonth'),
    },
  ]
}

/** How much hardware the traffic takes, step by step. */
export const capacityRows = (
  own: (name: string) => string,
): readonly (readonly [string, string, string])[] => [
  [
    'replicasPerUnit',
    'Replicas of the smallest unit',
    `MAX(1,INT(${own('gpusPerInstance')}/${own('gpusPerReplica')}))`,
  ],
  [
    'gpusPerUnit',
    'GPUs of the smallest unit',
    `MAX(1,ROUNDUP(${own('gpusPerReplica')}/${own('gpusPerInstance')},0))*${own('gpusPerInstance')}`,
  ],
  [
    'unitTokens',
    'Tokens a month that one unit carries, sized on the busiest minutes',
    // A product that misses a whole number by the last digits of a double is that number.
    `MAX(1,INT(${own('outputTokensPerSecond')}*${own('replicasPerUnit')}*${SECONDS_PER_HOUR}*activeHoursPerMonth*plannedUtilisation/peakToMean/(outputRatio*${own('tokenizerRatio')}*${own('hiddenReasoningRatio')})*(1+8*2^-52)))`,
  ],
  ['gpuCount', 'GPUs', `ROUNDUP(tokensPerMonth/${own('unitTokens')},0)*${own('gpusPerUnit')}`],
]
