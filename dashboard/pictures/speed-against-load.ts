import type { Interval } from '../../model/calculation.ts'
import { countText, numberText } from '../../model/format.ts'
import { ownReplicas, type Replica } from './own-replicas.ts'
import { colourOf, type Picture } from './picture.ts'

interface Speed {
  readonly outputTokensPerSecond: Interval
  readonly tpotMs: Interval
  readonly largestBatchPerReplica: number
}

interface Found {
  readonly replica: Replica
  readonly points: readonly { readonly concurrency: number; readonly speed: Speed }[]
}

const mostConcurrency = 1024

/** Powers of two, up to what one replica holds at once. */
const loadsUpTo = (most: number): number[] =>
  Array.from({ length: 11 }, (_, power) => 2 ** power).filter(
    (load) => load === 1 || load <= Math.min(most, mostConcurrency),
  )

export const speedAgainstLoad: Picture<Found> = {
  id: 'speed-against-load',
  async find(answer, { ask }) {
    const [replica] = ownReplicas(answer)
    if (!replica) return null
    const speedAt = async (concurrency: number) =>
      (await ask<Speed>('throughput', { ...replica.input, concurrency })).result
    const { largestBatchPerReplica } = await speedAt(1)
    const points = await Promise.all(
      loadsUpTo(largestBatchPerReplica).map(async (concurrency) => ({
        concurrency,
        speed: await speedAt(concurrency),
      })),
    )
    return { replica, points }
  },
  title: ({ found: { replica } }) =>
    `Speed of one replica on ${replica.input.gpuCount} × ${replica.input.gpu} against requests at once, P10 to P90`,
  table: ({ found: { points } }) => ({
    columns: ['Requests at once', 'Output tokens a second, P10', 'P50', 'P90', 'Time per output token, ms'],
    rows: points.map(({ concurrency, speed: { outputTokensPerSecond: band, tpotMs } }) => [
      String(concurrency),
      countText(band.p10),
      countText(band.p50),
      countText(band.p90),
      numberText(tpotMs.p50),
    ]),
  }),
  chart({ found: { replica, points } }, palette) {
    const colour = colourOf(palette, replica.place)
    const line = (end: keyof Interval, label: string) => ({
      label,
      data: points.map(({ concurrency, speed }) => ({
        x: concurrency,
        y: speed.outputTokensPerSecond[end],
      })),
      borderColor: colour,
      backgroundColor: `${colour}33`,
      borderWidth: end === 'p50' ? 2 : 0,
      pointRadius: end === 'p50' ? 3 : 0,
    })
    return {
      type: 'line',
      data: {
        datasets: [
          line('p50', 'P50'),
          { ...line('p10', 'P10 to P90'), fill: '+1' },
          { ...line('p90', 'P90'), fill: false },
        ],
      },
      options: {
        scales: {
          x: {
            type: 'logarithmic',
            grid: { color: palette.line },
            title: { display: true, text: 'requests at once' },
            ticks: {
              maxRotation: 0,
              callback: (value) => (isPowerOfTwo(Number(value)) ? String(value) : ''),
            },
          },
          y: {
            beginAtZero: true,
            grid: { color: palette.line },
            title: { display: true, text: 'output tokens a second' },
          },
        },
        plugins: { legend: { labels: { filter: ({ text }) => text !== 'P90' } } },
      },
    }
  },
}

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))
