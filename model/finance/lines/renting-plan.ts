import type { Assumption } from '../../calculation.ts'
import type { Facts } from '../../facts.ts'
import { type Figure, fillFigures } from './figure.ts'
import { marketTokens } from './market-price.ts'
import type { Planned } from './owning-plan.ts'
import type { Renting, RentingPlan } from './renting.ts'
import { type RentingFigure, type RentingLine, rentingFigures } from './renting-figures.ts'

/** Figures that only some contracts need. */
const contractFigures = {
  usdPerMillionCachedInput: {
    lines: ['tokens'],
    title: 'Cached input price',
    description: 'Of input read from a cache',
    unit: 'USD/million tokens',
    most: 1e6,
    from: { asked: 'a share of the input is cached, so its price is needed' },
  },
  batchPriceRatio: {
    lines: ['tokens'],
    title: 'Batch price',
    description: 'Over the list price',
    unit: 'ratio',
    most: 1,
    from: { cited: 'batch_price_ratio' },
  },
} as const satisfies Readonly<Record<string, Figure>>

const unitFigures = {
  usdPerUnitMonth: {
    lines: ['tokens'],
    title: 'Price of a unit',
    description: 'For a month',
    unit: 'USD/month',
    most: 1e12,
    from: { cited: 'provisioned_unit' },
  },
} as const satisfies Readonly<Record<string, Figure>>

/** A renting option with every gap filled from cited figures, or a complaint for each that nobody publishes. */
export function rentingPlan(renting: Renting, path: string, facts: Facts): Planned<RentingPlan> {
  const { switchedOff, provisioned, committedUsdPerMonth, tunedModel } = renting
  const off = new Set<RentingLine>(switchedOff)
  const market = marketTokens(renting, facts)
  const underived = { facts, derived: () => null }
  const figures = fillFigures<RentingFigure>({
    figures: rentingFigures,
    given: renting,
    isNeeded: (_name, lines) => lines.some((line) => !off.has(line as RentingLine)),
    path,
    facts,
    derived: (name) =>
      name === 'usdPerMillionInput' || name === 'usdPerMillionOutput' ? (market?.[name] ?? null) : null,
  })
  const contract = fillFigures<keyof typeof contractFigures>({
    figures: contractFigures,
    given: renting,
    isNeeded: (name) =>
      (name === 'batchPriceRatio' ? renting.batchRatio : renting.cachedInputRatio) > 0 && !off.has('tokens'),
    path,
    facts,
    derived: () => market?.usdPerMillionCachedInput ?? null,
  })
  const unit = fillFigures<keyof typeof unitFigures>({
    figures: unitFigures,
    given: provisioned ?? {},
    isNeeded: () => provisioned !== undefined,
    path: `${path}.provisioned`,
    ...underived,
  })
  return {
    plan: {
      ...figures.values,
      ...contract.values,
      outputRatio: renting.outputRatio,
      priceRatio: 1,
      cachedInputRatio: renting.cachedInputRatio,
      batchRatio: renting.batchRatio,
      price: renting.price,
      provisioned: provisioned && { ...provisioned, ...unit.values },
      committedUsdPerMonth,
      tunedModel,
      off,
    },
    complaints: [figures, contract, unit].flatMap(({ complaints }) => complaints),
    ranges: [
      ...[figures, contract, unit].flatMap(({ ranges }) => ranges),
      ...(market?.middleRatio && isBooked(renting)
        ? [{ field: `${path}.priceRatio`, low: 1, mode: 1, high: market.middleRatio }]
        : []),
    ],
    assumptions: [
      ...[figures, contract, unit].flatMap(({ assumptions }) => assumptions),
      ...notAgreed({ provisioned, committedUsdPerMonth, tunedModel }, path),
      ...(switchedOff.length > 0 ? [offOf(path, switchedOff)] : []),
    ],
  }
}

/** Whether both prices come from the price book. */
const isBooked = ({ usdPerMillionInput, usdPerMillionOutput }: Renting): boolean =>
  usdPerMillionInput === undefined && usdPerMillionOutput === undefined

const notAgreed = (contracts: Readonly<Record<string, unknown>>, path: string): Assumption[] =>
  Object.entries(contracts)
    .filter(([, contract]) => contract === undefined)
    .map(([name]) => ({
      field: `${path}.${name}`,
      value: null,
      unit: null,
      because: 'Not agreed with the seller: nobody gave it.',
    }))

const offOf = (path: string, switchedOff: readonly string[]): Assumption => ({
  field: `${path}.switchedOff`,
  value: switchedOff.join(', '),
  unit: null,
  because: 'Switched off: the option is taken not to have these lines.',
})
