import { html } from 'hono/html'
import type { ComparisonResult } from '../../model/compare/comparison-result.ts'
import { countText, usdText } from '../../model/format.ts'

const size = { width: 720, height: 300, left: 76, right: 12, top: 12, bottom: 34 }

/** Cost against volume as a picture: a line for each option, both axes logarithmic, a mark at this traffic. */
export function costCurve({ costCurve, options, traffic }: ComparisonResult) {
  const volumes = costCurve.map(({ tokensPerMonth }) => tokensPerMonth)
  const costs = costCurve.flatMap(({ usdPerMonth }) => usdPerMonth).filter((usd) => usd > 0)
  if (volumes.length < 2 || costs.length === 0) return ''
  const x = scale(volumes, [size.left, size.width - size.right])
  const y = scale(costs, [size.height - size.bottom, size.top])
  const here = x.of(traffic.tokensPerMonth)
  const foot = size.height - size.bottom
  return html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Cost a month of each option against tokens a month">
${y.ticks.map(
  (
    usd,
  ) => html`<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y.of(usd)}" y2="${y.of(usd)}"/>
<text x="${size.left - 8}" y="${y.of(usd) + 4}" text-anchor="end">${usdText(usd)}</text>`,
)}
${x.ticks.map((tokens) => html`<text x="${x.of(tokens)}" y="${foot + 20}" text-anchor="middle">${countText(tokens)}</text>`)}
<line class="here" x1="${here}" x2="${here}" y1="${size.top}" y2="${foot}"/>
${options.map((_option, place) => {
  const points = costCurve.map(({ tokensPerMonth, usdPerMonth }) =>
    [x.of(tokensPerMonth), y.of(usdPerMonth[place] ?? 0)].map((at) => at.toFixed(1)).join(','),
  )
  return html`<polyline class="curve curve-${place}" points="${points.join(' ')}"/>`
})}
</svg>`
}

interface Scale {
  readonly ticks: readonly number[]
  of(value: number): number
}

/** A logarithmic scale over a range of values, with a tick at each power of ten. */
function scale(values: readonly number[], [start, end]: readonly [number, number]): Scale {
  const [least, most] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
  const powers = Array.from(
    { length: Math.floor(most) - Math.ceil(least) + 1 },
    (_, index) => Math.ceil(least) + index,
  )
  const span = most - least || 1
  return {
    ticks: powers.map((power) => 10 ** power),
    of: (value) => start + ((Math.log10(Math.max(value, 10 ** least)) - least) / span) * (end - start),
  }
}
