import { numberText } from '../../model/format.ts'
import { BYTES_PER_MEMORY_UNIT } from '../../model/units.ts'
import { ownReplicas, type Replica } from './own-replicas.ts'
import { colourOf, type Picture } from './picture.ts'

/** What fills a GPU, in the order in which it is taken, by the fields of `fits`. */
const parts = {
  weightBytes: 'weights',
  activationBytes: 'activations',
  graphBytes: 'CUDA graphs',
  nonTorchBytes: 'outside of the engine',
  cacheBytes: 'room for the KV cache',
} as const
type Part = keyof typeof parts
const partNames = Object.keys(parts) as Part[]

interface Filled {
  readonly replica: Replica
  readonly layout: string
  readonly precision: string
  readonly fit: Readonly<Record<Part | 'budgetBytes', number | null>>
}

const gb = (bytes: number | null): number => (bytes ?? 0) / BYTES_PER_MEMORY_UNIT.GB
const labelOf = ({ replica: { input }, layout, precision }: Filled): string =>
  `${input.gpu}, ${layout}, ${precision}`

export const memoryOfAGpu: Picture<readonly Filled[]> = {
  id: 'memory-of-a-gpu',
  async find(answer, { ask }) {
    const filled = await Promise.all(
      ownReplicas(answer).map(async (replica) => {
        const { gpu, gpuCount, inputTokens, outputTokens, model } = replica.input
        const { result: speed } = await ask<{ layout: string; precision: string }>('throughput', {
          ...replica.input,
          concurrency: 1,
        })
        const { result: fit } = await ask<Filled['fit']>('fits', {
          model,
          gpu,
          gpuCount,
          precision: speed.precision,
          contextTokens: Math.max(1, Math.round(Number(inputTokens) + Number(outputTokens))),
        })
        return { replica, layout: speed.layout, precision: speed.precision, fit }
      }),
    )
    return filled.length === 0 ? null : filled
  },
  title: () => 'What fills each GPU of one replica, up to what the engine may take',
  table: ({ found }) => ({
    columns: ['GPU, layout, precision', ...partNames.map((part) => `${parts[part]}, GB`), 'Budget, GB'],
    rows: found.map((one) => [
      labelOf(one),
      ...partNames.map((part) => numberText(gb(one.fit[part]))),
      numberText(gb(one.fit.budgetBytes)),
    ]),
  }),
  chart: ({ found }, palette) => ({
    type: 'bar',
    data: {
      labels: found.map(labelOf),
      datasets: partNames.map((part, place) => ({
        label: parts[part],
        data: found.map(({ fit }) => gb(fit[part])),
        backgroundColor: part === 'cacheBytes' ? `${colourOf(palette, 2)}66` : colourOf(palette, place),
      })),
    },
    options: {
      indexAxis: 'y',
      scales: {
        x: { stacked: true, grid: { color: palette.line }, title: { display: true, text: 'GB' } },
        y: { stacked: true, grid: { display: false } },
      },
      plugins: {
        tooltip: {
          callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${numberText(parsed.x ?? 0)} GB` },
        },
      },
    },
  }),
}
