import type { Facts } from '../../model/facts.ts'
import type { PrecisionId } from '../../model/precision.ts'
import { classesOf, levelsOf } from '../../model/throughput/classes.ts'
import { firstTokenSeconds, predictServing } from '../../model/throughput/closed-loop.ts'
import { engines } from '../../model/throughput/constants.ts'
import { deployment } from '../../model/throughput/deployment.ts'
import { MILLISECONDS_PER_SECOND } from '../../model/units.ts'
import type { Measurement } from './measurement.ts'
import { type Observation, subjectOf } from './observed.ts'
import { draftTokensOf, releaseOf } from './software.ts'

/** Lengths drawn from [0.8, 1.0] of the nominal ones have 0.9 of them as their mean. */
const meanOfDrawnLengths = 0.9

export const isClosedLoop = (row: Measurement): boolean =>
  row.source === 'ai-dynamo/aiconfigurator' && !row.notes.includes('DISAGGREGATED')

/** TTFT and TPOT of a closed loop, or the reason why the row has none. */
export function closedLoopObservation(row: Measurement, facts: Facts): Observation | string {
  const subject = subjectOf(row, facts)
  if (typeof subject === 'string') return subject
  const engine = engines.find((known) => known === row.engine)
  if (!engine) return `The engine ${row.engine} is not covered.`
  const { gpuCount, inputTokens, outputTokens, concurrency, ttftMs, tpotMs } = row
  if (!gpuCount || !inputTokens || !outputTokens || !concurrency || !ttftMs || !tpotMs) {
    return 'A length, a count or a latency is missing.'
  }
  const { model, gpu, precision } = subject
  const varying = row.notes.includes('random lengths drawn')
  const lengthShare = varying ? meanOfDrawnLengths : 1
  const [tensorParallel, pipelineParallel, dataParallel] = [
    row.tensorParallel ?? 1,
    row.pipelineParallel ?? 1,
    row.dataParallel ?? 1,
  ]
  const replicas = gpuCount / (tensorParallel * pipelineParallel * dataParallel)
  const layout = { tensorParallel, pipelineParallel, dataParallel, replicas }
  const lengths = varying ? ('uniform' as const) : ('fixed' as const)
  const cachePrecision: PrecisionId =
    engine === 'tensorrt-llm' && sharesFormatWithCache.has(precision) ? 'fp8' : 'bf16'
  const smoothMaximumPower = facts.throughput.smoothMaximumPower
  const drafting = { draftTokens: draftTokensOf(row), acceptance: null }
  const load = {
    inputTokens: inputTokens * lengthShare,
    outputTokens: outputTokens * lengthShare,
    concurrency: Math.max(1, concurrency / replicas),
    batchLimit: Number.POSITIVE_INFINITY,
  }
  return {
    row,
    kind: model.kind,
    classes: classesOf({ model, gpu, layout, precision, engine, lengths, release: releaseOf(row) }),
    levels: levelsOf({
      benchmark: lengths,
      engine,
      gpuName: gpu.id,
      modelId: model.id ?? '',
      precision,
      layout,
    }),
    measured: [Math.log(ttftMs / MILLISECONDS_PER_SECOND), Math.log(tpotMs / MILLISECONDS_PER_SECOND)],
    predict(constants) {
      const of = deployment({
        model,
        gpu,
        layout,
        precision,
        cachePrecision,
        constants,
        smoothMaximumPower,
        drafting,
      })
      const predicted = predictServing(of, load)
      return [Math.log(firstTokenSeconds(predicted)), Math.log(predicted.outputTokenSeconds)]
    },
  }
}

/** TensorRT-LLM's tables keep the cache in 8 bits where the weights are in 8 or 4. */
const sharesFormatWithCache = new Set<PrecisionId>(['fp8', 'nvfp4'])
