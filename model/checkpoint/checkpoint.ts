import { z } from 'zod'
import { divideBy, sum } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import type { Weights } from '../facts.ts'
import { ConfigField, ModelField, subjectOf } from '../model-field.ts'
import { allParts, lowerBounds } from '../omissions.ts'
import { invalid, quote } from '../problem.ts'
import { extrasOf, filesUnknown } from '../stored-elements.ts'
import { BITS_PER_BYTE, BYTES_PER_MEMORY_UNIT, memoryUnits } from '../units.ts'
import { checkpointFormatAliases, checkpointFormats, isRecipe } from './checkpoint-format.ts'
import { checkpointStorage, storageOfCount } from './checkpoint-storage.ts'

export const checkpoint = calculation({
  id: 'checkpoint',
  title: 'Checkpoint size',
  summary: "Bytes of a model's files on disk in a format or a GGUF recipe; what stays at 16 bits is counted",
  formula:
    'checkpoint = Σ elements × bits of their format / 8 over every tensor that is stored, scales included',
  input: z.strictObject({
    model: ModelField.optional(),
    format: z.enum(checkpointFormats).meta({
      title: 'Format',
      description:
        'A format of safetensors files, a GGUF recipe such as q4_k_m, or `published` for what the config says of itself',
      'x-aliases': checkpointFormatAliases,
    }),
    unit: z
      .enum(memoryUnits)
      .default('GB')
      .meta({ title: 'Unit', description: 'Unit of the answer: GB is 10^9 bytes, GiB 2^30' }),
    config: ConfigField.optional(),
  }),
  output: z.strictObject({
    checkpointBytes: z.number().meta({ title: 'Checkpoint size', 'x-unit': 'byte' }),
    format: z.string().meta({ title: 'Format' }),
    storedElements: z.number().meta({ title: 'Stored elements, scales left out', 'x-unit': 'element' }),
    bitsPerElement: z.number().meta({ title: 'Bits per element, on average', 'x-unit': 'bit/weight' }),
    parts: z.array(
      z.strictObject({
        component: z.string(),
        format: z.string(),
        elements: z.number().meta({ 'x-unit': 'element' }),
        bytes: z.number().meta({ 'x-unit': 'byte' }),
      }),
    ),
  }),
  sources: [],
  examples: [
    {
      title: 'gpt-oss-20b, experts in MXFP4 and the rest at 16 bits: huggingface.js @fe42e680',
      input: { model: 'openai/gpt-oss-20b', format: 'mxfp4' },
      value: 13.761264768,
    },
    { title: 'A count at 16 bits', input: { model: 70e9, format: 'bf16' }, value: 140 },
    {
      title: 'MiniMax-M2 as published: hf-mem README @e9946791',
      input: { model: 'MiniMaxAI/MiniMax-M2', format: 'fp8-block128', unit: 'bytes' },
      value: 230_121_630_720,
    },
    {
      title: 'llama.cpp, tools/quantize/README @311c2c9f: 4.36 GiB',
      input: { model: 'meta-llama/Llama-3.1-8B', format: 'q4_k_s', unit: 'GiB' },
      value: 4.36,
      tolerance: 0.002,
    },
  ],
  compute({ model, config, format: asked, unit }, facts) {
    const subject = subjectOf({ model, config }, facts)
    if (asked === 'published' && subject.kind === 'weights') checkNameAgrees(subject.id, subject.config)
    const { format, stored, sources, assumptions } =
      subject.kind === 'count'
        ? storageOfCount(subject.parameterCount, asked)
        : checkpointStorage({
            config: subject.config,
            asked,
            extras: extrasOf(subject.config, subject.weights?.alsoStored ?? []),
          })
    const checkpointBytes = stored.reduce((total, { bytes }) => total + bytes, 0)
    const storedElements = stored.reduce((total, { elements }) => total + elements, 0)
    return {
      result: {
        checkpointBytes,
        format,
        storedElements,
        bitsPerElement: (checkpointBytes * BITS_PER_BYTE) / storedElements,
        parts: stored.map(({ what, format: stored, elements, bytes }) => ({
          component: what,
          format: stored,
          elements,
          bytes,
        })),
      },
      value: checkpointBytes / BYTES_PER_MEMORY_UNIT[unit],
      unit: unit === 'bytes' ? 'byte' : unit,
      breakdown: [
        ...sum(
          ...stored.map(({ what, format: stored, bytes }) => ({
            name: what,
            value: bytes,
            unit: 'byte' as const,
            note: stored,
          })),
        ),
        divideBy({ name: 'bytes in the unit', value: BYTES_PER_MEMORY_UNIT[unit], unit: 'byte', note: unit }),
      ],
      assumptions: [
        ...subject.assumptions,
        ...assumptions,
        ...(subject.kind === 'count'
          ? []
          : [
              ...lowerBounds(subject.config, {
                field: 'checkpointBytes',
                // A GGUF file holds the text model alone, and says so.
                parts: isRecipe(format) ? ['attention'] : allParts,
              }),
              ...(subject.weights || isRecipe(format) ? [] : [filesUnknown]),
            ]),
      ],
      sources,
    }
  },
})

/**
 * Weights that carry a format in their name, under a config that no longer states it, are not what the config's dtype
 * says.
 *
 * @throws InputProblem
 */
function checkNameAgrees(id: string | null, config: Weights['config']): void {
  const named = /nvfp4|mxfp4|fp8|int4|int8|awq|gptq|w4a16|w8a8/i.exec(id ?? '')?.[0]
  if (named !== undefined && (config.quantization_config ?? null) === null) {
    throw invalid(
      'format',
      `format: ${quote(id)} is stored in ${named}, by its name, but its known config does not say which layers are; name a format in place of "published".`,
    )
  }
}
