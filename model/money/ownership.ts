import { MONTHS_PER_YEAR } from '../units.ts'
import { type Line, line } from './line.ts'

/** Bought servers, each with its share of network and racks, and what it takes to run them. */
export interface Ownership {
  readonly usdPerServer: number
  readonly installUsdPerServer: number
  readonly lifeMonths: number
  /** Share of the purchase that the server is worth at the end of its life. */
  readonly residualRatio: number
  readonly costOfCapitalPerYear: number
  /** Draw of one server, without the building. */
  readonly kilowattsPerServer: number
  readonly powerUsageEffectiveness: number
  readonly usdPerKwh: number
  readonly colocationUsdPerKilowattMonth: number
  readonly horizonMonths: number
  readonly hoursPerMonth: number
}

/**
 * What a bought server costs a month, whether it is busy or not.
 *
 *   depreciation   = usdPerServer × (1 − residualRatio) / lifeMonths          straight line
 *   installation   = installUsdPerServer / lifeMonths                         nothing of it is left at the end
 *   cost of capital = mean book value over the horizon × costOfCapitalPerYear / 12
 *   power          = kilowattsPerServer × powerUsageEffectiveness × hoursPerMonth × usdPerKwh
 *   colocation     = kilowattsPerServer × colocationUsdPerKilowattMonth
 *
 * The horizon counts up to the end of the life, where the server is replaced by one like it. At the end of a
 * shorter horizon it is worth its book value. Power is drawn in every hour.
 *
 * @see redhat-performance/configiq, audit fixture: 160,000 USD, 11,200 to install, 4 years, 20% left, 8% on the
 *   mean book value over 36 months are 2,667 and 793 USD a month.
 */
export function ownershipLines(own: Ownership, serverCount: number): Line[] {
  const perServer = (name: string, usdPerUnit: number): Line =>
    line({ name, quantity: serverCount, unit: 'server', usdPerUnit, source: null })
  const kilowatts = own.kilowattsPerServer * serverCount
  return [
    perServer('depreciation', depreciationUsdPerMonth(own)),
    ...(own.installUsdPerServer > 0
      ? [perServer('installation', own.installUsdPerServer / own.lifeMonths)]
      : []),
    perServer('cost of capital', (meanBookUsd(own) * own.costOfCapitalPerYear) / MONTHS_PER_YEAR),
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

const depreciationUsdPerMonth = ({ usdPerServer, residualRatio, lifeMonths }: Ownership): number =>
  (usdPerServer * (1 - residualRatio)) / lifeMonths

/** Book value falls in a straight line, so its mean lies halfway between the start and the end. */
function meanBookUsd(own: Ownership): number {
  const months = Math.min(own.horizonMonths, own.lifeMonths)
  const atStart = own.usdPerServer + own.installUsdPerServer
  const lost = (depreciationUsdPerMonth(own) + own.installUsdPerServer / own.lifeMonths) * months
  return atStart - lost / 2
}
