import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { gpuOf } from '../../../model/gpu-field.ts'
import { type LatencyFit, ThroughputConstants } from '../../../model/throughput/constants.ts'
import { type Reach, spreadOf } from '../../../model/throughput/coverage.ts'
import { estimatedDeployment } from '../../../model/throughput/estimated-deployment.ts'
import { gpuFigures } from '../../../model/throughput/gpu-figures.ts'
import { dividesHeads } from '../../../model/throughput/layout.ts'
import type { ModelFigures } from '../../../model/throughput/model-figures.ts'
import { denseFigures, llama70 } from './figures.ts'

const facts = bundledFacts('2026-11-25')
const fit = facts.throughput.dense
const layout = { tensorParallel: 1, pipelineParallel: 1, dataParallel: 1, replicas: 1 }

function reach({
  model = llama70,
  gpu = 'h100-sxm-80gb',
  pipelineParallel = 1,
  by = fit,
}: {
  model?: ModelFigures
  gpu?: string
  pipelineParallel?: number
  by?: LatencyFit
} = {}) {
  return estimatedDeployment({
    fit: by,
    facts,
    model,
    gpu: gpuFigures(gpuOf(gpu, facts)),
    layout: { ...layout, pipelineParallel },
    precision: 'fp8',
    cachePrecision: 'bf16',
    engine: 'vllm',
    lengths: 'uniform',
  }).reach
}
const width = (of: Reach) => {
  const { p10, p90 } = spreadOf(fit.spreads.tpot, of)
  return p90 / p10
}

test('the shipped constants keep their schema, and no bound of a band is on the wrong side', () => {
  expect(ThroughputConstants.parse(facts.throughput)).toEqual(facts.throughput)
  for (const kind of ['dense', 'moe', 'latent-moe'] as const) {
    for (const spread of Object.values(facts.throughput[kind].spreads)) {
      for (const { p10, p90 } of Object.values(spread)) {
        expect(p10).toBeLessThan(1)
        expect(p90).toBeGreaterThan(1)
      }
    }
  }
})

describe('how far from the measurements', () => {
  test('a measured model on a measured GPU is not extrapolated', () => {
    expect(reach().reasons).toEqual([])
  })

  test('an instruct version counts as its base: the shape decides, not the name', () => {
    expect(reach({ model: { ...llama70, id: 'meta-llama/Llama-3.3-70B-Instruct' } })).toEqual(reach())
  })

  test.each([
    ['an unseen GPU', { gpu: 'a100-sxm-80gb' }],
    ['an unseen model', { model: { ...llama70, layerCount: 79 } }],
    ['both', { gpu: 'a100-sxm-80gb', model: { ...llama70, layerCount: 79 } }],
    ['pipeline stages', { pipelineParallel: 2 }],
  ])('%s says so, and widens the band', (_name, far) => {
    expect(reach(far).reasons.length).toBeGreaterThan(0)
    expect(width(reach(far))).toBeGreaterThan(width(reach()))
  })

  test('without the rows of one GPU, the band of that GPU widens', () => {
    const { 'gpu:h100-sxm-80gb': _removed, ...factors } = fit.factors
    expect(width(reach({ by: { ...fit, factors } }))).toBeGreaterThan(width(reach()))
  })
})

test('40 query heads do not divide by 16, though 8 key-value heads could be copied', () => {
  const model = denseFigures({
    id: 'Qwen/Qwen3-14B',
    layers: 40,
    hidden: 5120,
    feedForward: 17408,
    vocabulary: 151936,
    queryHeads: 40,
    keyValueHeads: 8,
    headSize: 128,
  })
  expect(dividesHeads(model, 8)).toBe(true)
  expect(dividesHeads(model, 16)).toBe(false)
})
