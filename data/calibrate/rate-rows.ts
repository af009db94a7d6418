import type { Facts } from '../../model/facts.ts'
import type { PrecisionId } from '../../model/precision.ts'
import { engineLimits } from '../../model/serving-memory/engine-defaults.ts'
import { fitted } from '../../model/serving-memory/fitted-layout.ts'
import { levelsOf } from '../../model/throughput/classes.ts'
import { deployment } from '../../model/throughput/deployment.ts'
import type { Layout } from '../../model/throughput/layout.ts'
import { predictOffline, predictStaticBatch } from '../../model/throughput/other-loads.ts'
import type { Measurement } from './measurement.ts'
import { type Observation, type Subject, subjectOf } from './observed.ts'

/** Benchmarks that queue all requests at once. */
const offlineSources = new Set([
  'NVIDIA/TensorRT-LLM',
  'dominicshanshan/TensorRT-LLM',
  'mlcommons/inference_results_v5.1',
  'dstackai/benchmarks',
  'gpustack/gpustack',
  'mit-han-lab/qserve',
])

/** Benchmarks of one batch, or one request, from start to end. */
const staticSources = new Set([
  'argonne-lcf/LLM-Inference-Bench',
  'XiongjieDai/GPU-Benchmarks-on-LLM-Inference',
  'QwenLM/Qwen3',
  'ml-energy/leaderboard',
])

export const isOffline = (row: Measurement): boolean =>
  offlineSources.has(row.source) &&
  (row.scenario === 'offline_max_throughput' || row.source.startsWith('mlcommons')) &&
  !/DISAGGREGATED|SPECULATIVE|accept length|OPEN division|MaxQ|virtualised/.test(row.notes)

export const isStatic = (row: Measurement): boolean =>
  staticSources.has(row.source) && row.outputTokensPerSecond !== null

/** Engines allow more sequences offline; TensorRT-LLM's tables were made with 2,048. */
const offlineSequences = 1024
/** Chat prompts of a benchmark that does not state their length. */
const assumedChatTokens = 256

/** Output tokens a second with all requests queued at once, or the reason why the row has none. */
export function offlineObservation(row: Measurement, facts: Facts): Observation | string {
  const subject = subjectOf(row, facts)
  if (typeof subject === 'string') return subject
  const { gpuCount, inputTokens, outputTokens, outputTokensPerSecond } = row
  if (!gpuCount || !inputTokens || !outputTokens || !outputTokensPerSecond) {
    return 'A length, a count or the rate is missing.'
  }
  const layout = layoutOf(row, subject, gpuCount)
  const cachePrecision: PrecisionId =
    row.cachePrecision === 'fp8' || row.precision !== 'fp16' ? 'fp8' : 'bf16'
  const { sequencesPerReplica } = fitted(
    {
      ...subject,
      cachePrecision,
      contextTokens: inputTokens + outputTokens,
      limits: { ...engineLimits(subject.gpu), sequences: offlineSequences },
    },
    layout,
  )
  if (sequencesPerReplica === 0) return 'The weights do not fit the layout that the row states.'
  return rateObservation({
    row,
    subject,
    layout,
    cachePrecision,
    facts,
    measured: outputTokensPerSecond,
    predict: (of) =>
      layout.replicas *
      predictOffline(of, {
        inputTokens,
        outputTokens,
        concurrency: sequencesPerReplica,
        batchLimit: sequencesPerReplica,
      }).outputTokensPerSecond,
  })
}

/** Output tokens a second of one batch from start to end, or the reason why the row has none. */
export function staticObservation(row: Measurement, facts: Facts): Observation | string {
  const subject = subjectOf(row, facts)
  if (typeof subject === 'string') return subject
  const { gpuCount, outputTokens, outputTokensPerSecond, concurrency } = row
  if (!gpuCount || !outputTokens || !outputTokensPerSecond || !concurrency) {
    return 'A length, a count or the rate is missing.'
  }
  const layout = layoutOf(row, subject, gpuCount)
  return rateObservation({
    row,
    subject,
    layout,
    cachePrecision: 'bf16',
    facts,
    measured: outputTokensPerSecond,
    predict: (of) =>
      layout.replicas *
      predictStaticBatch(of, {
        inputTokens: row.inputTokens ?? assumedChatTokens,
        outputTokens,
        concurrency: concurrency / layout.replicas,
        batchLimit: Number.POSITIVE_INFINITY,
      }).outputTokensPerSecond,
  })
}

/** The layout that the row states, else the narrowest tensor parallelism that leaves room; llama.cpp splits by layers. */
function layoutOf(row: Measurement, { model, gpu, precision }: Subject, gpuCount: number): Layout {
  if (row.engine === 'llama.cpp') {
    return {
      tensorParallel: 1,
      pipelineParallel: Math.min(gpuCount, model.layerCount),
      dataParallel: 1,
      replicas: 1,
    }
  }
  const stated = row.tensorParallel ?? narrowest(model, gpu, precision, gpuCount)
  const pipelineParallel = row.pipelineParallel ?? 1
  return {
    tensorParallel: stated,
    pipelineParallel,
    dataParallel: 1,
    replicas: Math.max(1, gpuCount / (stated * pipelineParallel)),
  }
}

function narrowest(
  model: Subject['model'],
  gpu: Subject['gpu'],
  precision: PrecisionId,
  gpuCount: number,
): number {
  const question = {
    model,
    gpu,
    precision,
    cachePrecision: 'fp8' as const,
    contextTokens: 2048,
    limits: engineLimits(gpu),
  }
  const degrees = [1, 2, 4, 8].filter((degree) => gpuCount % degree === 0)
  const roomy = degrees.find((tensorParallel) => {
    const layout = { tensorParallel, pipelineParallel: 1, dataParallel: 1, replicas: 1 }
    return fitted(question, layout).sequencesPerReplica >= roomySequences
  })
  return roomy ?? degrees.at(-1) ?? 1
}

const roomySequences = 64

function rateObservation({
  row,
  subject: { model, gpu, gpuName, precision },
  layout,
  cachePrecision,
  facts,
  measured,
  predict,
}: {
  row: Measurement
  subject: Subject
  layout: Layout
  cachePrecision: PrecisionId
  facts: Facts
  measured: number
  predict: (of: ReturnType<typeof deployment>) => number
}): Observation {
  const { smoothMaximumPower } = facts.throughput
  return {
    row,
    kind: model.kind,
    classes: [
      `kind:${model.kind}`,
      `benchmark:${row.source} ${row.scenario}`,
      `engine:${row.engine}`,
      `version:${row.engine} ${versionOf(row)}`,
      `parallel:TP${layout.tensorParallel}`,
      `gpu:${gpuName}`,
      `link:${gpu.link}`,
      `format:${precision}`,
    ],
    levels: levelsOf({
      benchmark: `${row.source} ${row.scenario}`,
      engine: `${row.engine} ${versionOf(row)}`,
      gpuName,
      modelId: model.id ?? '',
      precision,
      layout,
    }),
    measured: [Math.log(measured)],
    predict: (constants) => [
      Math.log(
        predict(deployment({ model, gpu, layout, precision, cachePrecision, constants, smoothMaximumPower })),
      ),
    ],
  }
}

/** Major and minor version of the engine: tables of one engine gain from one to the next. */
const versionOf = ({ engineVersion }: Measurement): string => engineVersion.split('.').slice(0, 2).join('.')
