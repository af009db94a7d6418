import { csvCell } from '../csv-cell.ts'
import type { Plan } from './plan.ts'
import { checkedOf } from './plan-words.ts'

const columns = [
  'option',
  'kind',
  'line',
  'quantity',
  'unit',
  'usdPerUnit',
  'usdPerMonth',
  'usdPerMillionTokens',
  'gpu',
  'gpuCount',
  'utilisationRatio',
  'priceCheckedOn',
]

/** Every line of every option, numbers unrounded; the row named `total` is the sum of an option's lines. */
export function planCsv(plan: Plan): string {
  const rows = plan.result.comparison.options.flatMap((option) => {
    const { name, kind, hardware } = option
    return [
      ...option.lines.map((line) => [
        name,
        kind,
        line.name,
        line.quantity,
        line.unit,
        line.usdPerUnit,
        line.usd,
      ]),
      [
        name,
        kind,
        'total',
        null,
        null,
        null,
        option.usdPerMonth,
        option.usdPerMillionTokens,
        hardware?.gpu ?? null,
        hardware?.gpuCount ?? null,
        hardware?.utilisationRatio ?? null,
        checkedOf(option, plan)?.checkedOn ?? null,
      ],
    ]
  })
  return [columns, ...rows]
    .map((row) => columns.map((_, place) => csvCell(row[place] ?? null)).join(','))
    .join('\n')
}
