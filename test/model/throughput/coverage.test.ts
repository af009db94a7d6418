import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { ThroughputConstants } from '../../../model/throughput/constants.ts'
import { reachOf, spreadOf } from '../../../model/throughput/coverage.ts'
import { dividesHeads } from '../../../model/throughput/layout.ts'
import { denseFigures, llama70, qwen3Dense32 } from './figures.ts'

const { throughput: constants } = bundledFacts('2026-11-25')
const layout = { tensorParallel: 1, pipelineParallel: 1, dataParallel: 1, replicas: 1 }
const reach = (model = llama70, gpuId = 'h100-sxm-80gb', pipelineParallel = 1) =>
  reachOf({
    model,
    gpuId,
    layout: { ...layout, pipelineParallel },
    constants,
    seenModels: [llama70],
  })
const band = (of: ReturnType<typeof reach>) => {
  const { p10, p90 } = spreadOf(constants.spreads.tpot.dense, of)
  return p90 / p10
}

test('the shipped constants keep their schema', () => {
  expect(ThroughputConstants.parse(constants)).toEqual(constants)
})

describe('how far from the measurements', () => {
  test('a measured model on a measured GPU is not extrapolated', () => {
    expect(reach()).toEqual({ coverages: ['deployment'], reasons: [] })
  })

  test('an instruct version counts as its base: the shape decides, not the name', () => {
    expect(reach({ ...llama70, id: 'meta-llama/Llama-3.3-70B-Instruct' }).reasons).toEqual([])
  })

  test.each([
    ['an unseen GPU', reach(llama70, 'a100-sxm-80gb')],
    ['an unseen model', reach(qwen3Dense32)],
    ['both', reach(qwen3Dense32, 'a100-sxm-80gb')],
    ['pipeline stages', reach(llama70, 'h100-sxm-80gb', 2)],
  ])('%s says so, and widens the band', (_name, far) => {
    expect(far.reasons.length).toBeGreaterThan(0)
    expect(band(far)).toBeGreaterThan(band(reach()))
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
