import { expect, test } from 'vitest'
import { gpus } from '../../data/dataset.ts'
import { folder } from '../../data/import/folder.ts'
import { gpuSpecifications } from '../../data/import/gpu-specifications.ts'
import { specificationDifferences } from '../../model/gpu-specification.ts'
import { describeWhere } from '../needs.ts'

const root = process.env.WEIGHBRIDGE_UPSTREAM ?? new URL('../../../shared/upstream', import.meta.url).pathname

const h100 = {
  gpu: 'h100-sxm-80gb',
  source: 'a blog',
  memoryBytesPerSecond: 3.35e12,
  powerWatts: 700,
  peakFlopPerSecond: { bf16: 989e12, fp8: null },
}

test('a GPU that all describe alike differs in nothing', () => {
  expect(specificationDifferences(gpus, [h100])).toEqual([])
})

test('a sparse peak in place of the dense one is a difference', () => {
  const sparse = { ...h100, peakFlopPerSecond: { bf16: 1979e12 } }
  expect(specificationDifferences(gpus, [sparse])).toMatchObject([{ figure: 'bf16 peak', theirs: 1979e12 }])
})

describeWhere(root, 'our GPUs against Epoch AI and aiconfigurator', () => {
  test('differ only where sources are known to', () => {
    const found = specificationDifferences(gpus, gpuSpecifications(folder(root)))
    expect(found.map(({ gpu, source, figure, theirs }) => `${gpu}: ${figure} ${theirs} (${source})`)).toEqual(
      [
        'b300-sxm-288gb: memory bandwidth 7700000000000 (Epoch AI)',
        'b300-sxm-288gb: fp4 peak 14000000000000000 (Epoch AI)',
        // These repeat the figures of the MI350X.
        'mi355x-288gb: fp8 peak 4600000000000000 (Epoch AI)',
        'mi355x-288gb: fp4 peak 9200000000000000 (Epoch AI)',
        'b200-sxm-180gb: memory bandwidth 7700000000000 (Epoch AI)',
        // With FP16 accumulation; ours is the one with FP32.
        'rtx-4090-24gb: bf16 peak 330000000000000 (Epoch AI)',
        'gaudi-2-96gb: bf16 peak 450000000000000 (Epoch AI)',
        'b200-sxm-180gb: memory bandwidth 7700000000000 (aiconfigurator)',
        'b300-sxm-288gb: memory bandwidth 7750000000000 (aiconfigurator)',
        'b300-sxm-288gb: fp4 peak 14000000000000000 (aiconfigurator)',
      ],
    )
  })
})
