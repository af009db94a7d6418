import type { Plan } from '../../model/compare/plan.ts'
import { csvCell } from '../../model/csv-cell.ts'

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
export function planCsv({ result }: Plan): string {
  const rows = result.comparison.options.flatMap((option) => {
    const { name, kind, hardware, price } = option
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
        price?.checkedOn ?? null,
      ],
    ]
  })
  return [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\n')
}
