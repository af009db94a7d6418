import { z } from 'zod'
import { peakFormats } from '../../model/facts.ts'
import { expectKnownNames } from './known-names.ts'
import { freeText, listing, matches, pageFields, pageOf, saysEveryWord } from './listing.ts'

export const gpus = listing({
  id: 'gpus',
  title: 'GPUs',
  summary:
    'Accelerators as software sees them: memory, bandwidth, dense peaks, power, links; null is unstated',
  example: 'maker=AMD',
  input: z.strictObject({
    q: freeText('id, name, other names, maker and architecture'),
    maker: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ title: 'Maker', description: 'Such as NVIDIA or AMD' }),
    format: z
      .enum(peakFormats)
      .optional()
      .meta({ title: 'Format', description: 'Only those for which a source states a dense peak in it' }),
    ...pageFields,
  }),
  columns: [
    'id',
    'name',
    'maker',
    'architecture',
    'formFactor',
    'memoryLabelGb',
    'memoryBytesReported',
    'memoryBytesPerSecond',
    ...peakFormats.map((format) => `peakFlopPerSecond.${format}`),
    'powerWatts',
    'interconnect',
    'linkBytesPerSecondBidirectional',
    'purchaseUsd.low',
    'purchaseUsd.high',
    'source',
    'checkedOn',
    'note',
  ],
  async page({ q, maker, format, ...page }, { facts }) {
    const fitting = facts
      .gpus()
      .filter(
        (gpu) =>
          saysEveryWord(q, [gpu.id, gpu.name, ...gpu.aliases, gpu.maker, gpu.architecture]) &&
          matches(maker, gpu.maker) &&
          (format === undefined || typeof gpu.peakFlopPerSecond[format] === 'number'),
      )
    if (fitting.length === 0) {
      const makers = () => facts.gpus().map((gpu) => gpu.maker)
      await expectKnownNames([{ field: 'maker', what: 'maker', given: maker, known: makers }])
    }
    return pageOf(fitting, page)
  },
})
