import type { Assumption } from '../calculation.ts'
import type { Weights } from '../facts.ts'
import { precisions } from '../precision.ts'
import { invalid } from '../problem.ts'
import type { Source } from '../source.ts'
import type { StoredExtra } from '../stored-elements.ts'
import { tensorsOf } from '../tensors.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type CheckpointFormat, isPlain, isRecipe, plainFormats } from './checkpoint-format.ts'
import { type FileFormatId, fileFormats } from './file-format.ts'
import { ggufStorage } from './gguf-storage.ts'
import { publishedFormat } from './quantisation-config.ts'
import { plainStorage, quantisedStorage, storageOfExtras } from './safetensors-storage.ts'
import type { Stored } from './stored.ts'

const safetensorsSource: Source = {
  title: 'safetensors, format of a file: one header, then the tensors with no gap between them',
  url: 'https://github.com/huggingface/safetensors/blob/24b0b285/README.md',
}
const ggufSource: Source = {
  title: 'llama.cpp, src/llama-quant.cpp @007dbbf3: which type each tensor gets',
  url: 'https://github.com/ggml-org/llama.cpp/blob/007dbbf3fd17eefe9b47fee45f48f7ba5e62b714/src/llama-quant.cpp',
}

/** What the files hold, and on what the answer rests. */
export interface CheckpointStorage {
  readonly format: Exclude<CheckpointFormat, 'published'>
  readonly stored: readonly Stored[]
  readonly sources: readonly Source[]
  readonly assumptions: readonly Assumption[]
}

/**
 * Every tensor of a model's files in a format, by component.
 *
 * @throws InputProblem where the config does not say how its own files are stored and that was asked.
 */
export function checkpointStorage({
  config,
  asked,
  extras = [],
}: {
  config: Weights['config']
  asked: CheckpointFormat
  /** What the publisher's safetensors files hold beside the parameters; a GGUF file leaves it out. */
  extras?: readonly StoredExtra[]
}): CheckpointStorage {
  if (isRecipe(asked)) {
    return {
      format: asked,
      stored: ggufStorage(config, asked),
      sources: [ggufSource],
      assumptions: ggufAssumptions(config),
    }
  }
  const own = asked === 'published' || !isPlain(asked) ? ownFormat(config, asked) : null
  const format = asked === 'published' ? own?.format : asked
  if (format === undefined) {
    throw invalid(
      'format',
      `format: the config states neither quantization_config nor torch_dtype, so "published" is not known; name a format such as bf16.`,
    )
  }
  if (isPlain(format)) {
    return {
      format,
      stored: [...plainStorage(config, format), ...storageOfExtras(extras, format)],
      sources: [safetensorsSource],
      assumptions: [headers],
    }
  }
  const kept = own?.format === format ? own.kept : null
  return {
    format,
    stored: [...quantisedStorage(config, format, kept), ...storageOfExtras(extras, 'bf16')],
    sources: [safetensorsSource, fileFormats[format].source],
    assumptions: [headers, ...scopeAssumptions(format, kept !== null, kept?.unread ?? [])],
  }
}

/** The format of the model's own files; only a question for `published` insists on knowing it. */
function ownFormat(config: Weights['config'], asked: CheckpointFormat): ReturnType<typeof publishedFormat> {
  try {
    return publishedFormat(config)
  } catch (error) {
    if (asked === 'published') throw error
    return null
  }
}

const assumed = (field: string, value: unknown, because: string): Assumption => ({
  field,
  value,
  unit: null,
  because,
})

const headers = assumed(
  'checkpointBytes',
  'tensors',
  'The bytes of the tensors; the header of a file adds 100 to 170 bytes for each.',
)

function scopeAssumptions(format: FileFormatId, isOwn: boolean, unread: readonly string[]): Assumption[] {
  const scope = isOwn
    ? 'The modules that the config keeps out of its quantisation stay at 16 bits, and embedding, head, routers, norms and vision with them.'
    : fileFormats[format].scope === 'experts'
      ? 'Routed experts alone are quantised, or every linear layer where the model has none; the rest stays at 16 bits.'
      : 'Linear layers are quantised; embedding, head, routers, norms, biases, convolutions and vision stay at 16 bits.'
  return [
    assumed('format', format, scope),
    ...(unread.length === 0
      ? []
      : [assumed('quantization_config', unread.length, 'Patterns that cannot be read here were left out.')]),
  ]
}

function ggufAssumptions(config: Weights['config']): Assumption[] {
  const parts = new Set(tensorsOf(config).map(({ part }) => part))
  return [
    assumed(
      'checkpointBytes',
      'tensors',
      'The bytes of the tensors; the vocabulary in the header adds 2 to 20 MB.',
    ),
    assumed(
      'format',
      'plain recipe',
      'As the quantiser does it by itself, without an importance matrix where the recipe can do without one; dynamic and custom mixtures of others differ, so read the header of such a file.',
    ),
    ...(parts.has('tower')
      ? [
          assumed(
            'towers',
            null,
            'Towers of vision and audio lie in a file of their own and are not counted.',
          ),
        ]
      : []),
    ...(parts.has('multi-token-prediction')
      ? [assumed('multi-token-prediction', null, 'Layers that predict further tokens are not counted.')]
      : []),
  ]
}

/** A bare count has no embedding to keep at 16 bits, so only a format of one width can be told from it. */
export function storageOfCount(parameterCount: number, format: CheckpointFormat): CheckpointStorage {
  if (!isPlain(format)) {
    throw invalid(
      'model',
      `model: a parameter count alone does not say what stays at 16 bits in ${format}; give a model id or a config, or one of ${plainFormats.join(', ')} (memory answers for a count in any precision).`,
    )
  }
  const bytes = (parameterCount * precisions[format].bitsPerWeight) / BITS_PER_BYTE
  return {
    format,
    stored: [{ what: 'parameters', format, elements: parameterCount, bytes, count: 1 }],
    sources: [precisions[format].source],
    assumptions: [headers],
  }
}
