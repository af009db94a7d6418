import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import type { PrecisionId } from '../../model/precision.ts'
import { precisionFacts } from '../../model/precision-facts.ts'

const facts = bundledFacts('2026-11-25')

describe('a GPU is native or emulated only where a source says so', () => {
  test.each<[PrecisionId, string, 'native' | 'emulated' | 'unstated']>([
    ['nvfp4', 'b200-sxm-180gb', 'native'],
    ['nvfp4', 'mi355x-288gb', 'unstated'],
    ['nvfp4', 'trainium3', 'unstated'],
    ['nvfp4', 'h100-sxm-80gb', 'emulated'],
    ['mxfp4', 'mi355x-288gb', 'native'],
    ['mxfp4', 'trainium3', 'native'],
    ['mxfp4', 'h100-sxm-80gb', 'emulated'],
    ['mxfp6', 'mi350x-288gb', 'native'],
    ['mxfp8', 'gb300-288gb', 'native'],
    ['mxfp8', 'h100-sxm-80gb', 'emulated'],
    ['mxfp8', 'gaudi-3-128gb', 'unstated'],
    ['mxfp8', 'trainium2', 'unstated'],
    ['fp8', 'h100-sxm-80gb', 'native'],
    ['fp8', 'a100-sxm-80gb', 'emulated'],
    ['fp8', 'h100-nvl-94gb', 'unstated'],
    ['fp8', 'tpu-v5e', 'unstated'],
    ['fp8-block128', 'b200-sxm-180gb', 'native'],
    ['fp8-block128', 'mi300x-192gb', 'native'],
    ['fp8-block128', 'l40s-48gb', 'unstated'],
    ['bf16', 't4-16gb', 'emulated'],
    ['int3-g128', 'h100-sxm-80gb', 'unstated'],
    ['int4', 'a100-sxm-80gb', 'emulated'],
    ['q4_k', 'h100-sxm-80gb', 'unstated'],
  ])('%s on %s: %s', (precision, gpu, support) => {
    const { native, emulated, unstated } = precisionFacts(precision, facts).gpus
    const holding = Object.entries({ native, emulated, unstated }).filter(([, ids]) => ids.includes(gpu))
    expect(holding.map(([name]) => name)).toEqual([support])
  })
})
