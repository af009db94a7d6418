import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { precisionIds, precisions } from '../../../model/precision.ts'
import { precisionFacts } from '../../../model/precision-facts.ts'
import { InputProblem } from '../../../model/problem.ts'
import { arithmeticOf } from '../../../model/throughput/arithmetic.ts'
import { gpuFigures } from '../../../model/throughput/gpu-figures.ts'
import { throughput } from '../../../model/throughput/throughput.ts'

const facts = bundledFacts('2026-11-25')

/** The arithmetic of a pair, or null where its speed is refused. */
function arithmetic(gpuId: string, precision: (typeof precisionIds)[number]) {
  const gpu = facts.gpu(gpuId)
  if (!gpu) throw new Error(`No GPU is called ${gpuId}.`)
  try {
    return arithmeticOf(gpuFigures(gpu), precision)
  } catch (problem) {
    if (problem instanceof InputProblem) return null
    throw problem
  }
}

test.each(precisionIds)(
  'speed runs %s at its own peak only where the list of precisions says native',
  (id) => {
    const { native } = precisionFacts(id, facts).gpus
    for (const { id: gpuId } of facts.gpus()) {
      const found = arithmetic(gpuId, id)
      if (found?.support === 'native') {
        expect(native).toContain(gpuId)
        expect(found.format).toBe(precisions[id].arithmetic)
      } else if (found) {
        expect(['bf16', 'fp16']).toContain(found.format)
      }
    }
  },
)

describe('what is not native is widened, and the answer names what to', () => {
  test.each([
    ['nvfp4', 'mi355x-288gb', 'No source states a peak at which mi355x-288gb multiplies nvfp4'],
    ['mxfp8', 'h100-sxm-80gb', 'h100-sxm-80gb does not multiply mxfp8 as it is stored'],
  ])('%s on %s', (precision, gpu, says) => {
    const input = { model: 'meta-llama/Llama-3.1-70B', gpu, gpuCount: 8, precision }
    const { assumptions } = answer(throughput, prepare(throughput, input), facts)
    const named = assumptions.find(({ field }) => field === 'arithmetic')
    expect(named?.value).toBe('bf16')
    expect(named?.because).toContain(says)
  })

  test('a format wider than 16 bits is never run at a 16-bit peak', () => {
    expect(arithmetic('h100-nvl-94gb', 'fp32')).toBeNull()
  })
})
