import { percentText, usdText } from '../../model/format.ts'
import { colourOf, type Picture } from './picture.ts'

interface Series {
  readonly series: string
  readonly meter: string
  readonly trend: { readonly changePerYear: number; readonly p10: number; readonly p90: number } | null
  readonly points: readonly { readonly from: string; readonly usdPerMillionTokens: number }[]
}

const names: Readonly<Record<string, string>> = {
  'cheapest-host': 'cheapest host',
  'median-host': 'median host',
}
const nameOf = ({ series, meter }: Series): string => `${names[series] ?? series}, ${meter}`

const isSeries = (item: unknown): item is Series =>
  item !== null && typeof item === 'object' && 'points' in item && 'series' in item

const dayNumber = (day: string): number => Date.parse(day)

/** What the hosts of the model have asked, as far as the records go back. */
export const priceHistory: Picture<readonly Series[]> = {
  id: 'price-history',
  async find({ result: { model } }, { fetchList }) {
    const meters = await Promise.all(
      ['input', 'output'].map((meter) => fetchList('prices/history', { model, meter })),
    )
    const found = meters.flat().filter(isSeries)
    return found.some(({ points }) => points.length > 1) ? found : null
  },
  title({ found }) {
    const trend = found.find(({ series, meter }) => series === 'median-host' && meter === 'output')?.trend
    const said = trend ? `: the median changed by ${percentText(trend.changePerYear)} a year` : ''
    return `What hosts of this model have asked for a million tokens${said}`
  },
  table: ({ found }) => ({
    columns: ['Series', 'From', 'USD per million'],
    rows: found.flatMap((series) =>
      series.points.map(({ from, usdPerMillionTokens }) => [
        nameOf(series),
        from,
        usdText(usdPerMillionTokens),
      ]),
    ),
  }),
  chart: ({ found }, palette) => ({
    type: 'line',
    data: {
      datasets: found.map((series, place) => ({
        label: nameOf(series),
        data: series.points.map(({ from, usdPerMillionTokens }) => ({
          x: dayNumber(from),
          y: usdPerMillionTokens,
        })),
        borderColor: colourOf(palette, place),
        backgroundColor: colourOf(palette, place),
        borderDash: series.meter === 'input' ? [5, 3] : [],
        stepped: true,
        borderWidth: 2,
        pointRadius: 0,
        pointHitRadius: 8,
      })),
    },
    options: {
      scales: {
        x: {
          type: 'linear',
          grid: { display: false },
          ticks: { maxTicksLimit: 6, maxRotation: 0, callback: (value) => monthOf(Number(value)) },
        },
        y: {
          beginAtZero: true,
          grid: { color: palette.line },
          title: { display: true, text: 'USD per million' },
          ticks: { callback: (value) => usdText(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([point]) => (point ? new Date(point.parsed.x ?? 0).toISOString().slice(0, 10) : ''),
            label: ({ dataset, parsed }) => `${dataset.label}: ${usdText(parsed.y ?? 0)}`,
          },
        },
      },
    },
  }),
}

const monthOf = (day: number): string => new Date(day).toISOString().slice(0, 7)
