import { h } from 'preact'
import type { Rebase } from '../../model/compare/rebase.ts'
import { usdText } from '../../model/format.ts'
import { DataTable } from './data-table.ts'

/** What moved since a scenario was saved, line by line; the parts add up to the difference of each option. */
export function RebaseView({ moved }: { readonly moved: Rebase }) {
  const changed = moved.options.filter(({ differenceUsdPerMonth }) => differenceUsdPerMonth !== 0)
  const verdict = moved.isSameVerdict
    ? `The verdict stands: ${moved.cheapestNow ?? 'none'}.`
    : `The verdict changes from ${moved.cheapestThen ?? 'none'} to ${moved.cheapestNow ?? 'none'}.`
  return h(
    'div',
    { role: 'status' },
    h('p', null, `${verdict} ${changed.length === 0 ? 'No price moved.' : ''}`),
    changed.length === 0
      ? null
      : h(DataTable, {
          name: 'What moved',
          columns: [
            'Option and line',
            'Price as saved',
            'Price now',
            'USD a month as saved',
            'Now',
            'Difference',
          ],
          rows: changed.flatMap((option) => [
            [
              option.name,
              '',
              '',
              text(option.usdPerMonthThen),
              text(option.usdPerMonthNow),
              usdText(option.differenceUsdPerMonth),
            ],
            ...option.lines
              .filter(({ differenceUsdPerMonth }) => differenceUsdPerMonth !== 0)
              .map((line) => [
                `· ${line.name}`,
                text(line.usdPerUnitThen),
                text(line.usdPerUnitNow),
                '',
                '',
                usdText(line.differenceUsdPerMonth),
              ]),
          ]),
        }),
  )
}

const text = (usd: number | null): string => (usd === null ? 'none' : usdText(usd))
