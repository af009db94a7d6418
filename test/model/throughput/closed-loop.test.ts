import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import constantsFile from '../../../data/throughput-compact.json' with { type: 'json' }
import { gpuOf } from '../../../model/gpu-field.ts'
import { firstTokenSeconds, predictServing } from '../../../model/throughput/closed-loop.ts'
import { constantsOf, ThroughputConstants } from '../../../model/throughput/constants.ts'
import { deployment } from '../../../model/throughput/deployment.ts'
import { gpuFigures } from '../../../model/throughput/gpu-figures.ts'
import cases from '../../cases/throughput-check.json' with { type: 'json' }
import { llama70, qwen3Dense32 } from './figures.ts'

const constants = ThroughputConstants.parse(constantsFile)
const facts = bundledFacts('2026-11-25')
/** Lengths drawn from [0.8, 1.0] of the nominal ones. */
const meanOfUniform = 0.9
const models = { 'qwen3-32b': qwen3Dense32, 'llama-3.1-70b': llama70 }

describe('the published check of the compact model', () => {
  test.each(cases)('$source', ({ input, expected, tolerance }) => {
    const of = deployment({
      model: models[input.model as keyof typeof models],
      gpu: gpuFigures(gpuOf(input.gpu, facts)),
      layout: {
        tensorParallel: input.tensorParallel,
        pipelineParallel: 1,
        dataParallel: 1,
        replicas: 1,
      },
      precision: input.precision as 'bf16' | 'fp8',
      cachePrecision: 'bf16',
      constants: constantsOf(constants.dense, [`lengths:vllm ${input.lengths}`]),
      smoothMaximumPower: constants.smoothMaximumPower,
    })
    const lengthShare = input.lengths === 'fixed' ? 1 : meanOfUniform
    const predicted = predictServing(of, {
      inputTokens: input.inputTokens * lengthShare,
      outputTokens: input.outputTokens * lengthShare,
      concurrency: input.concurrency,
      batchLimit: Number.POSITIVE_INFINITY,
    })
    const milliseconds = {
      stepMs: predicted.step.seconds * 1e3,
      prefillMs: predicted.prefillSeconds * 1e3,
      ttftMs: firstTokenSeconds(predicted) * 1e3,
      tpotMs: predicted.outputTokenSeconds * 1e3,
    }
    for (const name of ['stepMs', 'prefillMs', 'ttftMs', 'tpotMs'] as const) {
      expect(Math.abs(milliseconds[name] / expected[name] - 1), name).toBeLessThan(tolerance)
    }
  })
})
