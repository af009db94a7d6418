import { z } from 'zod'
import { product, times } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import { invalid } from '../problem.ts'
import { fleetFields } from '../replay/serving-fleet.ts'
import { speedSources } from '../throughput/speed-answer.ts'
import { comparedRow, predictedSpeed } from './compared-rows.ts'
import { correctionAt } from './correction.ts'
import { readRows } from './read-rows.ts'

const { tpotFactor: _tpot, ttftFactor: _ttft, ...ownFleetFields } = fleetFields
const mostRows = 200
const fewestRows = 2

const tokens = (title: string) =>
  z.number().positive().max(1e6).meta({
    title,
    description: 'Of the load to predict, and of runs that do not say',
    'x-unit': 'token',
  })

const Input = z.strictObject({
  ...ownFleetFields,
  measurements: z.array(z.string().max(4e6)).min(1).max(50).meta({
    title: 'Measurements',
    description:
      'Texts of results: a scrape of vLLM /metrics, vLLM bench serve, GuideLLM, AIPerf, genai-perf, or a small CSV',
  }),
  concurrency: z.number().positive().max(1e6).default(32).meta({
    title: 'Concurrency',
    description: 'Requests in flight in the whole fleet, of the load to predict',
    'x-unit': 'request',
  }),
  inputTokens: tokens('Input tokens').default(1024),
  outputTokens: tokens('Output tokens').default(256),
})

const milliseconds = (title: string) => z.number().meta({ title, 'x-unit': 'millisecond' })
const ratio = (title: string) => z.number().meta({ title, 'x-unit': 'ratio' })
const measured = (title: string) => milliseconds(title).nullable()
const quantiles = (title: string) => {
  const quantile = z.number().meta({ 'x-unit': 'millisecond' })
  return z.strictObject({ p10: quantile, p50: quantile, p90: quantile }).meta({ title })
}

export const ownSpeed = calculation({
  id: 'own-speed',
  title: 'Own speed',
  summary:
    'Corrects the predicted speed of a fleet by its own measured runs, and says by how much and why; the factors serve load-curve and simulate',
  formula:
    'tpotMs = predicted × e^(expected residual), the residual by Gaussian regression over load and lengths',
  sheet: false,
  input: Input,
  output: z.strictObject({
    tpotMs: quantiles('Time per output token, corrected'),
    ttftMs: quantiles('Time to the first token, corrected'),
    predictedTpotMs: milliseconds('Time per output token, as predicted before'),
    predictedTtftMs: milliseconds('Time to the first token, as predicted before'),
    tpotFactor: ratio('Correction of the time per output token'),
    ttftFactor: ratio('Correction of the time to the first token'),
    rows: z
      .array(
        z.strictObject({
          tool: z.string(),
          path: z.string(),
          concurrency: z.number().meta({ 'x-unit': 'request' }),
          inputTokens: z.number().meta({ 'x-unit': 'token' }),
          outputTokens: z.number().meta({ 'x-unit': 'token' }),
          ttftMs: measured('Measured'),
          tpotMs: measured('Measured'),
          predictedTtftMs: milliseconds('Predicted'),
          predictedTpotMs: milliseconds('Predicted'),
        }),
      )
      .meta({ title: 'What was read' }),
  }),
  sources: [
    ...speedSources,
    {
      title:
        'C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, equations 2.25 and 2.26',
      url: 'https://gaussianprocess.org/gpml/',
    },
  ],
  examples: [
    {
      title:
        'Llama 3.1 70B in FP8 on one H200: measured 22.56 ms at 8 and 37.4 ms at 64 in flight (InferenceX)',
      input: {
        model: 'meta-llama/Llama-3.1-70B',
        gpu: 'h200-sxm-141gb',
        gpuCount: 1,
        precision: 'fp8',
        measurements: [
          'concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms\n8,921.6,921.6,255,22.56\n64,921.6,921.6,730,37.4',
        ],
        concurrency: 64,
        inputTokens: 921.6,
        outputTokens: 921.6,
      },
      value: 37.4,
      tolerance: 0.01,
    },
  ],
  compute(input, facts) {
    const { measurements, concurrency, inputTokens, outputTokens, ...fleet } = input
    const load = { concurrency, inputTokens, outputTokens }
    const read = measurements.flatMap((text, index) => readRows(text, `measurements.${index}`))
    if (read.length < fewestRows || read.length > mostRows) {
      throw invalid(
        'measurements',
        `measurements: ${read.length} ${read.length === 1 ? 'run was' : 'runs were'} read; accepted are ${fewestRows} to ${mostRows}, since one cannot be told from chance: measure at another load too.`,
      )
    }
    const rows = read.map((row) => comparedRow(row, fleet, load, facts))
    const before = predictedSpeed(fleet, load, facts)
    const tpot = correctionAt(load, rows, 'tpotMs')
    const ttft = correctionAt(load, rows, 'ttftMs')
    const corrected = (by: typeof tpot, predictedMs: number) => ({
      p10: predictedMs * by.band.p10,
      p50: predictedMs * by.factor,
      p90: predictedMs * by.band.p90,
    })
    const tpotMs = corrected(tpot, before.tpotMs.p50)
    return {
      result: {
        tpotMs,
        ttftMs: corrected(ttft, before.ttftMs.p50),
        predictedTpotMs: before.tpotMs.p50,
        predictedTtftMs: before.ttftMs.p50,
        tpotFactor: tpot.factor,
        ttftFactor: ttft.factor,
        rows: rows.map(({ measured, predicted, ...row }) => ({
          ...row,
          ...measured,
          predictedTtftMs: predicted.ttftMs,
          predictedTpotMs: predicted.tpotMs,
        })),
      },
      value: tpotMs.p50,
      unit: 'millisecond',
      breakdown: [
        ...product({ name: 'predicted', value: before.tpotMs.p50, unit: 'millisecond' }),
        times({ name: 'correction by own runs', value: tpot.factor, unit: 'ratio' }),
      ],
      interval: tpotMs,
      assumptions: [
        ...before.serving.assumptions,
        why('tpotFactor', 'time per output token', tpot),
        why('ttftFactor', 'time to the first token', ttft),
        ...lengthsAssumed(read, load),
      ],
      sources: [facts.throughput.source],
    }
  },
})

const why = (
  field: string,
  what: string,
  { factor, rows }: { readonly factor: number; readonly rows: number },
): Assumption => ({
  field,
  value: factor,
  unit: 'ratio',
  because:
    rows === 0
      ? `No run says anything of the ${what}, so the prediction stands.`
      : `${rows} ${rows === 1 ? 'run corrects' : 'runs correct'} the ${what} here; the fewer and the farther in load, the more of the prediction is kept.`,
})

function lengthsAssumed(
  rows: readonly { readonly inputTokens: number | null; readonly outputTokens: number | null }[],
  load: { readonly inputTokens: number; readonly outputTokens: number },
): Assumption[] {
  const silent = rows.filter(({ inputTokens, outputTokens }) => inputTokens === null || outputTokens === null)
  if (silent.length === 0) return []
  return [
    {
      field: 'measurements',
      value: silent.length,
      unit: 'count',
      because: `${silent.length} runs do not say their lengths; ${load.inputTokens} + ${load.outputTokens} tokens are taken.`,
    },
  ]
}
