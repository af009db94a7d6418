import { allTokenOffers } from '../data/price-book.ts'
import { agreementRule, agreements } from '../model/prices/agreement.ts'

/*
 * How often the sources of the price book agree, pair by pair: npm run agreement.
 */

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`
const rows = agreements(allTokenOffers()).map(({ sources, pairs, agreeing, share, bySeller }) => [
  sources.join(' and '),
  String(pairs),
  String(agreeing),
  percent(share),
  bySeller
    .slice(0, 5)
    .map((own) => `${own.seller} ${own.agreeing}/${own.pairs}`)
    .join(', '),
])
const header = ['sources', 'pairs', 'agree', 'share', 'most pairs at']
const widths = header.map((title, column) =>
  Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
)

console.log(agreementRule)
console.log('Prices in quarantine are not compared: a slip of a unit is no disagreement about a price.')
console.log()
for (const row of [header, ...rows]) {
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
