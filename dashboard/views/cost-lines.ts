import { h } from 'preact'
import type { OptionResult } from '../../model/compare/comparison-result.ts'
import { countText, usdText } from '../../model/format.ts'
import { DataTable } from './data-table.ts'

type Line = OptionResult['lines'][number]

/** The lines that add up to what one option costs. */
export const CostLines = ({ option }: { readonly option: OptionResult }) =>
  h(
    'details',
    null,
    h('summary', null, `${option.name}: ${usdText(option.usdPerMonth)} a month, line by line`),
    h(DataTable, {
      name: `Lines of ${option.name}`,
      columns: ['Line', 'Quantity', 'Unit', 'USD each', 'USD a month', 'Source'],
      rows: option.lines.map((line) => [
        line.name,
        countText(line.quantity),
        line.unit,
        usdText(line.usdPerUnit),
        usdText(line.usd),
        sourceText(line),
      ]),
    }),
  )

const sourceText = ({ source }: Line): string =>
  source === null ? '' : source.date === undefined ? source.title : `${source.title} (${source.date})`
