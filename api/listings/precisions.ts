import { z } from 'zod'
import { GpuField, gpuOf } from '../../model/gpu-field.ts'
import { precisionIds } from '../../model/precision.ts'
import { precisionFacts } from '../../model/precision-facts.ts'
import { freeText, listing, pageFields, pageOf, saysEveryWord } from './listing.ts'

export const precisionListing = listing({
  id: 'precisions',
  title: 'Precisions',
  summary: 'Number formats: effective bits, measured loss of quality, and which GPUs run them natively',
  example: 'q=q4_k',
  input: z.strictObject({
    q: freeText('id, other names and layout of the scales'),
    nativeOn: GpuField.optional().meta({
      title: 'Native on',
      description: 'Only formats in which this GPU multiplies',
    }),
    ...pageFields,
  }),
  columns: [
    'id',
    'bitsPerWeight',
    'scales',
    'arithmetic',
    'gpus.native',
    'gpus.emulated',
    'gpus.unstated',
    'quality',
    'source.title',
  ],
  async page({ q, nativeOn, ...page }, { facts }) {
    const gpu = nativeOn === undefined ? null : gpuOf(nativeOn, facts)
    const fitting = precisionIds
      .map((id) => precisionFacts(id, facts))
      .filter(
        (precision) =>
          saysEveryWord(q, [precision.id, ...precision.otherNames, precision.scales]) &&
          (gpu === null || precision.gpus.native.includes(gpu.id)),
      )
    return pageOf(fitting, page)
  },
})
