import type { Plan } from '../../model/compare/plan.ts'
import { usdText } from '../../model/format.ts'
import { colourOf, type Picture, shortLabel } from './picture.ts'

/** Every kind of line, in the order in which options have them. */
const namesOf = ({ result: { comparison } }: Plan): string[] => [
  ...new Set(comparison.options.flatMap(({ lines }) => lines.map(({ name }) => name))),
]

const usdOf = (answer: Plan, line: string): number[] =>
  answer.result.comparison.options.map(({ lines }) => lines.find(({ name }) => name === line)?.usd ?? 0)

export const linesOfCost: Picture = {
  id: 'lines-of-cost',
  title: ({ answer }) =>
    answer.result.comparison.options.length === 0 ? null : 'What the month of each option is made of',
  table: ({ answer }) => ({
    columns: ['Line', ...answer.result.comparison.options.map(({ name }) => name)],
    rows: namesOf(answer).map((line) => [
      line,
      ...usdOf(answer, line).map((usd) => (usd === 0 ? '' : usdText(usd))),
    ]),
  }),
  chart: ({ answer }, palette) => ({
    type: 'bar',
    data: {
      labels: answer.result.comparison.options.map(({ name }) => name),
      datasets: namesOf(answer).map((line, index) => ({
        label: line,
        data: usdOf(answer, line),
        backgroundColor: colourOf(palette, index),
      })),
    },
    options: {
      indexAxis: 'y',
      scales: {
        x: {
          stacked: true,
          grid: { color: palette.line },
          ticks: { maxRotation: 0, maxTicksLimit: 5, callback: (value) => usdText(Number(value)) },
          title: { display: true, text: 'USD a month' },
        },
        y: { stacked: true, grid: { display: false }, ticks: { callback: shortLabel } },
      },
      plugins: {
        tooltip: {
          callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${usdText(parsed.x ?? 0)}` },
        },
      },
    },
  }),
}
