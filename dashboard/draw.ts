import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js'
import { csvCell } from '../model/csv-cell.ts'
import type { Palette, Picture, Seen, Table } from './pictures/picture.ts'
import { saveFile } from './save-file.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
)

export interface Drawn {
  readonly chart: Chart
  savePng(): void
  saveCsv(): void
}

interface Drawing {
  readonly canvas: HTMLCanvasElement
  readonly picture: Picture
  readonly seen: Seen<unknown>
  /** What the canvas shows already, which is changed in place: nothing jumps. */
  readonly before: Drawn | null
}

export function draw({ canvas, picture, seen, before }: Drawing): Drawn {
  const configuration = settled(picture.chart(seen, paletteOf(canvas)))
  const chart = before?.chart.canvas === canvas ? before.chart : new Chart(canvas, configuration)
  chart.data = configuration.data
  chart.options = configuration.options ?? {}
  chart.update('none')
  return {
    chart,
    savePng: () => canvas.toBlob((png) => png && saveFile(`${picture.id}.png`, png)),
    saveCsv: () =>
      saveFile(`${picture.id}.csv`, new Blob([csvOf(picture.table(seen))], { type: 'text/csv' })),
  }
}

const csvOf = ({ columns, rows }: Table): string =>
  [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')

/** The same for every picture: no movement, the page's own letters, a legend that costs little room. */
function settled({ options, ...configuration }: ChartConfiguration): ChartConfiguration {
  return {
    ...configuration,
    options: {
      ...options,
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      plugins: {
        ...options?.plugins,
        legend: { position: 'bottom', labels: { boxWidth: 18, boxHeight: 2 }, ...options?.plugins?.legend },
      },
    },
  }
}

function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  Chart.defaults.color = colour('quiet')
  Chart.defaults.font.family = style.fontFamily
  return {
    ink: colour('ink'),
    quiet: colour('quiet'),
    line: colour('line'),
    series: Array.from({ length: 6 }, (_, place) => colour(`series-${place}`)),
  }
}
