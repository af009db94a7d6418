import type { Plan } from '../../model/compare/plan.ts'
import { countText, usdText } from '../../model/format.ts'
import { colourOf, type Picture } from './picture.ts'

const seen = ({ result: { comparison } }: Plan) => comparison

/** Both axes in logarithms: where two lines cross, the verdict changes. */
export const costAgainstVolume: Picture = {
  id: 'cost-against-volume',
  title({ answer }) {
    const { options, costCurve, traffic } = seen(answer)
    if (options.length === 0 || costCurve.length < 2) return null
    return `Cost a month against volume; the mark is at ${countText(traffic.tokensPerMonth)} tokens a month`
  },
  table({ answer }) {
    const { options, costCurve } = seen(answer)
    return {
      columns: ['Tokens a month', ...options.map(({ name }) => name)],
      rows: costCurve.map(({ tokensPerMonth, usdPerMonth }) => [
        countText(tokensPerMonth),
        ...usdPerMonth.map(usdText),
      ]),
    }
  },
  chart({ answer }, palette) {
    const { options, costCurve, traffic } = seen(answer)
    const axis = { type: 'logarithmic' as const, grid: { color: palette.line } }
    return {
      type: 'line',
      data: {
        datasets: [
          ...options.map(({ name, place }, index) => ({
            label: name,
            data: costCurve.map(({ tokensPerMonth, usdPerMonth }) => ({
              x: tokensPerMonth,
              y: usdPerMonth[index] ?? 0,
            })),
            borderColor: colourOf(palette, place),
            backgroundColor: colourOf(palette, place),
            borderWidth: 2,
            borderDash: dashOf(place),
            pointRadius: 0,
            pointHitRadius: 8,
          })),
          {
            label: 'This traffic',
            data: options.map(({ usdPerMonth }) => ({ x: traffic.tokensPerMonth, y: usdPerMonth })),
            borderColor: palette.ink,
            backgroundColor: palette.ink,
            borderWidth: 1,
            borderDash: [2, 3],
            pointRadius: 4,
          },
        ],
      },
      options: {
        scales: {
          x: {
            ...axis,
            title: { display: true, text: 'tokens a month' },
            ticks: {
              maxRotation: 0,
              callback: (value) => (isPower(Number(value)) ? countText(Number(value)) : ''),
            },
          },
          y: {
            ...axis,
            title: { display: true, text: 'USD a month' },
            ticks: { callback: (value) => (isPower(Number(value)) ? usdText(Number(value)) : '') },
          },
        },
        plugins: {
          tooltip: {
            callbacks: {
              label: ({ dataset, parsed }) =>
                `${dataset.label}: ${usdText(parsed.y ?? 0)} at ${countText(parsed.x ?? 0)} tokens`,
            },
          },
        },
      },
    }
  },
}

/** Lines that print in one colour are told apart by their dashes. */
const dashOf = (place: number): number[] => [[], [8, 3], [3, 3], [10, 3, 2, 3], [1, 3]][place % 5] ?? []

const isPower = (value: number): boolean => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9)
