import { group, product, type Term } from '../breakdown.ts'
import type { Unit } from '../meta.ts'
import type { Source } from '../source.ts'

/** What a line counts, and the unit its price then has. */
const priceUnits = {
  'million tokens': 'USD/million tokens',
  'GPU hour': 'USD/GPU hour',
  'kilowatt hour': 'USD/kilowatt hour',
  kilowatt: 'USD/kilowatt month',
  GPU: 'USD/GPU',
  month: 'USD/month',
} as const satisfies Partial<Record<Unit, Unit>>

type LineUnit = keyof typeof priceUnits
export const lineUnits = Object.keys(priceUnits) as [LineUnit, ...LineUnit[]]

/** One line of a month's cost: `usd = quantity × usdPerUnit`. A total is only the sum of its lines. */
export interface Line {
  readonly name: string
  readonly quantity: number
  readonly unit: LineUnit
  readonly usdPerUnit: number
  readonly usd: number
  readonly source: Source | null
}

export const line = (parts: Omit<Line, 'usd'>): Line => ({ ...parts, usd: parts.quantity * parts.usdPerUnit })

export const totalUsd = (lines: readonly Line[]): number => lines.reduce((total, { usd }) => total + usd, 0)

/** The lines as the terms of their total. */
export const termsOf = (lines: readonly Line[]): Term[] =>
  lines.map(({ name, quantity, unit, usdPerUnit }) => ({
    ...group(
      name,
      'USD',
      product(
        { name: 'quantity', value: quantity, unit },
        { name: 'price', value: usdPerUnit, unit: priceUnits[unit] },
      ),
    ),
    operator: 'add',
  }))
