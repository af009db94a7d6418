import { exp, log } from '../elementary.ts'
import { countText, usdText } from '../format.ts'
import type { ComparisonResult } from './comparison-result.ts'

const rowCount = 13

/** Cost against volume, both in logarithms, one letter for each option; where lines meet the cheapest is drawn. */
export function picture({ costCurve, options, traffic, breakEvens }: ComparisonResult): string[] {
  const costs = costCurve.flatMap(({ usdPerMonth }) => usdPerMonth).filter((usd) => usd > 0)
  const [first, last] = [costCurve[0], costCurve.at(-1)]
  if (!first || !last || costs.length === 0) return []
  const [bottom, top] = [log(Math.min(...costs)), log(Math.max(...costs))]
  const rowOf = (usd: number): number =>
    top === bottom ? 0 : Math.round(((log(usd) - bottom) / (top - bottom)) * (rowCount - 1))
  const cells = Array.from({ length: rowCount }, () => new Array<string>(costCurve.length).fill(' '))
  for (const [column, { usdPerMonth }] of costCurve.entries()) {
    for (const [place, usd] of [...usdPerMonth.entries()].toSorted((a, b) => b[1] - a[1])) {
      const row = cells[rowOf(usd)]
      if (row && usd > 0) row[column] = letterOf(place)
    }
  }
  const axis = new Array<string>(costCurve.length).fill('-')
  const columnOf = (tokens: number): number =>
    costCurve.findIndex(({ tokensPerMonth }) => tokensPerMonth >= tokens)
  const crossing = breakEvens.find(({ rival }) => rival === cheapestApi(options))?.firstTokensPerMonth ?? null
  const here = columnOf(traffic.tokensPerMonth)
  if (crossing !== null && crossing > first.tokensPerMonth && columnOf(crossing) >= 0) {
    axis[columnOf(crossing)] = 'x'
  }
  axis[here] = '^'
  const labels = [usdText(exp(top)), usdText(exp(bottom))]
  const width = Math.max(...labels.map((label) => label.length))
  const lines = cells.toReversed().map((row, index) => {
    const label = index === 0 ? labels[0] : index === rowCount - 1 ? labels[1] : ''
    return `${(label ?? '').padStart(width)} |${row.join('')}`.trimEnd()
  })
  const left = countText(first.tokensPerMonth)
  const right = `${countText(last.tokensPerMonth)} tokens a month`
  return [
    ...lines,
    `${' '.repeat(width)} +${axis.join('')}`,
    `${' '.repeat(width + 2)}${left}${' '.repeat(Math.max(1, costCurve.length - left.length - right.length))}${right}`,
    `${' '.repeat(width + 2)}^ your volume${axis.includes('x') ? ', x first break-even with the cheapest API' : ''}`,
    ...options.map(({ name }, place) => `${' '.repeat(width + 2)}${letterOf(place)}  ${name}`),
  ]
}

const letterOf = (place: number): string => String.fromCharCode('a'.charCodeAt(0) + place)

const cheapestApi = (options: ComparisonResult['options']): string | undefined =>
  options.find(({ kind }) => kind === 'token-api')?.name
