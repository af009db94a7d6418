import type { FlipResult } from '../../model/compare/comparison-result.ts'
import type { Plan } from '../../model/compare/plan.ts'
import { fieldWords } from '../../model/compare/plan-words.ts'
import { changeText, numberText } from '../../model/format.ts'
import { type Picture, shortLabel } from './picture.ts'

const mostShown = 8

const flipping = ({ result: { comparison } }: Plan): FlipResult[] =>
  comparison.flips.filter(({ changeRatio }) => changeRatio !== null).slice(0, mostShown)

const nameOf = ({ field, of }: FlipResult): string =>
  of === null ? fieldWords(field) : `${fieldWords(field)}, ${of}`

/** The nearest first: a short bar is a number that the verdict hangs on. */
export const flipDistances: Picture = {
  id: 'flip-distances',
  title: ({ answer }) =>
    flipping(answer).length === 0 ? null : 'How far each number must move before the verdict changes',
  table: ({ answer }) => ({
    columns: ['Number', 'Now', 'Flips at', 'Change', 'Then the cheapest is'],
    rows: flipping(answer).map((flip) => [
      nameOf(flip),
      numberText(flip.value),
      flip.flipsAt === null ? '' : numberText(flip.flipsAt),
      flip.changeRatio === null ? '' : changeText(flip.changeRatio),
      flip.cheapestThen ?? '',
    ]),
  }),
  chart: ({ answer }, palette) => ({
    type: 'bar',
    data: {
      labels: flipping(answer).map(nameOf),
      datasets: [
        {
          label: 'Change to the flip',
          data: flipping(answer).map(({ changeRatio }) => changeRatio ?? 0),
          backgroundColor: palette.series[0] ?? palette.ink,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      scales: {
        x: {
          grid: { color: palette.line },
          ticks: { maxRotation: 0, maxTicksLimit: 6, callback: (value) => changeText(Number(value)) },
        },
        y: { grid: { display: false }, ticks: { callback: shortLabel } },
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: ({ parsed }) => changeText(parsed.x ?? 0) } },
      },
    },
  }),
}
