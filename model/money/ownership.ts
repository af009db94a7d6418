import { MONTHS_PER_YEAR } from '../units.ts'
import { type Line, line } from './line.ts'

/** Bought GPUs, each with its share of server, network and rack, and what it takes to run them. */
export interface OwnershipTerms {
  readonly usdPerGpu: number
  readonly installUsdPerGpu: number
  readonly lifeMonths: number
  /** Share of the purchase that is left at the end of the life. */
  readonly residualRatio: number
  readonly costOfCapitalPerYear: number
  /** Draw of one GPU with its share of the server, without the building. */
  readonly kilowattsPerGpu: number
  readonly powerUsageEffectiveness: number
  readonly usdPerKwh: number
  readonly colocationUsdPerKilowattMonth: number
}

/** ... over a horizon, in months of so many hours. */
export interface Ownership extends OwnershipTerms {
  readonly horizonMonths: number
  readonly hoursPerMonth: number
}

/**
 * What a bought GPU costs a month, whether it is busy or not.
 *
 *   depreciation   = usdPerGpu × (1 − residualRatio) / lifeMonths          straight line
 *   installation   = installUsdPerGpu / lifeMonths                         nothing of it is left at the end
 *   cost of capital = mean book value over the horizon × costOfCapitalPerYear / 12
 *   power          = kilowattsPerGpu × powerUsageEffectiveness × hoursPerMonth × usdPerKwh
 *   colocation     = kilowattsPerGpu × colocationUsdPerKilowattMonth
 *
 * The horizon counts up to the end of the life, where the GPU is replaced by one like it. At the end of a
 * shorter horizon it is worth its book value. Power is drawn in every hour.
 *
 * @see redhat-performance/configiq, audit fixture: 160,000 USD, 11,200 to install, 4 years, 20% left, 8% on the
 *   mean book value over 36 months are 2,667 and 793 USD a month.
 */
export function ownershipLines(own: Ownership, gpuCount: number): Line[] {
  const perGpu = (name: string, usdPerUnit: number): Line =>
    line({ name, quantity: gpuCount, unit: 'GPU', usdPerUnit, source: null })
  const kilowatts = own.kilowattsPerGpu * gpuCount
  return [
    perGpu('depreciation', depreciationUsdPerMonth(own)),
    ...(own.installUsdPerGpu > 0 ? [perGpu('installation', own.installUsdPerGpu / own.lifeMonths)] : []),
    perGpu('cost of capital', (meanBookUsd(own) * own.costOfCapitalPerYear) / MONTHS_PER_YEAR),
    line({
      name: 'power',
      quantity: kilowatts * own.powerUsageEffectiveness * own.hoursPerMonth,
      unit: 'kilowatt hour',
      usdPerUnit: own.usdPerKwh,
      source: null,
    }),
    line({
      name: 'colocation',
      quantity: kilowatts,
      unit: 'kilowatt',
      usdPerUnit: own.colocationUsdPerKilowattMonth,
      source: null,
    }),
  ]
}

/** The term that prices each line. */
export const ownershipLineFields = {
  depreciation: 'usdPerGpu',
  installation: 'installUsdPerGpu',
  'cost of capital': 'usdPerGpu',
  power: 'usdPerKwh',
  colocation: 'colocationUsdPerKilowattMonth',
} as const satisfies Record<string, keyof OwnershipTerms>

const depreciationUsdPerMonth = ({ usdPerGpu, residualRatio, lifeMonths }: Ownership): number =>
  (usdPerGpu * (1 - residualRatio)) / lifeMonths

/** Book value falls in a straight line, so its mean lies halfway between the start and the end. */
function meanBookUsd(own: Ownership): number {
  const months = Math.min(own.horizonMonths, own.lifeMonths)
  const atStart = own.usdPerGpu + own.installUsdPerGpu
  const lost = (depreciationUsdPerMonth(own) + own.installUsdPerGpu / own.lifeMonths) * months
  return atStart - lost / 2
}
