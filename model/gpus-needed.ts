import { z } from 'zod'
import { divideBy, group, product } from './breakdown.ts'
import { calculation } from './calculation.ts'
import { GpuField, gpuOf } from './gpu-field.ts'
import { invalid } from './problem.ts'
import { GB } from './units.ts'

export const gpusNeeded = calculation({
  id: 'gpus-needed',
  title: 'GPUs needed',
  summary: 'Whole GPUs that hold so much memory, by division; no layout is checked (fits does that)',
  formula: 'gpus = ⌈memoryGb / (memoryBytesReported / 1e9 × usableShare)⌉',
  input: z.strictObject({
    memoryGb: z
      .number()
      .positive()
      .max(1e9)
      .meta({ title: 'Memory', description: 'What must be held, in GB of 10^9 bytes', 'x-unit': 'GB' }),
    gpu: GpuField,
    usableShare: z.number().positive().max(1).default(1).meta({
      title: 'Usable share',
      description: 'Share of the memory that may be filled',
      'x-unit': 'ratio',
    }),
  }),
  output: z.strictObject({
    gpuCount: z.number().meta({ title: 'GPUs', 'x-unit': 'GPU' }),
    usableGbPerGpu: z.number().meta({ title: 'Usable memory of one', 'x-unit': 'GB' }),
  }),
  sources: [],
  examples: [{ input: { memoryGb: 140, gpu: 'h100-sxm-80gb' }, value: 2 }],
  compute({ memoryGb, gpu: gpuId, usableShare }, facts) {
    const gpu = gpuOf(gpuId, facts)
    if (gpu.memoryBytesReported === null) {
      throw invalid(
        'gpu',
        `gpu: no source states the bytes that ${gpu.id} reports; its label says ${gpu.memoryLabelGb} GB.`,
      )
    }
    const usable = product(
      { name: 'memory of one GPU', value: gpu.memoryBytesReported / GB, unit: 'GB' },
      { name: 'usable share', value: usableShare, unit: 'ratio' },
    )
    const usableTerm = group('usable memory of one GPU', 'GB', usable)
    const gpuCount = Math.ceil(memoryGb / usableTerm.value)
    return {
      result: { gpuCount, usableGbPerGpu: usableTerm.value },
      value: gpuCount,
      unit: 'GPU',
      breakdown: [
        { name: 'memory to hold', operator: 'add', value: memoryGb, unit: 'GB' },
        divideBy(usableTerm),
        { name: 'whole GPUs', operator: 'round up to a multiple of', value: 1, unit: 'GPU' },
      ],
      sources: [{ title: `${gpu.name}: ${gpu.source}`, date: gpu.checkedOn }],
    }
  },
})
