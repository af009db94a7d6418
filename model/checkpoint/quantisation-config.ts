import type { Weights } from '../facts.ts'
import { invalid, quote } from '../problem.ts'
import type { FileFormatId } from './file-format.ts'
import { KeptModules } from './module-pattern.ts'

/** How a model's own files are stored, as its `config.json` says. */
export interface PublishedFormat {
  readonly format: FileFormatId | 'fp32' | 'fp16' | 'bf16'
  readonly kept: KeptModules
}

const field = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * The format of the published files, from `quantization_config`, or `torch_dtype` where there is none; null where
 * the config says neither.
 *
 * @throws InputProblem for a method that is not known, or one that mixes formats without saying where.
 */
export function publishedFormat(config: Weights['config']): PublishedFormat | null {
  const quantisation = config.quantization_config
  if (quantisation === undefined || quantisation === null) {
    const stated = config.torch_dtype ?? config.dtype ?? undefined
    const format = typeof stated === 'string' && Object.hasOwn(dtypes, stated) ? dtypes[stated] : undefined
    if (format === undefined && stated !== undefined) {
      throw invalid(
        'config.torch_dtype',
        `config.torch_dtype: ${quote(stated)} without a quantization_config does not say how each tensor is stored; ${Object.keys(dtypes).join(', ')} are accepted, or name the format in place of "published".`,
      )
    }
    return format === undefined ? null : { format, kept: keptModules(config) }
  }
  return {
    format: methodOf(config, quantisation),
    kept: keptModules(config),
  }
}

/** The modules that the config keeps out of its quantisation, under any of the names that tools give the list. */
export const keptModules = ({ quantization_config: quantisation }: Weights['config']): KeptModules =>
  new KeptModules([
    ...list(field(quantisation, 'modules_to_not_convert')),
    ...list(field(quantisation, 'ignored_layers')),
    ...list(field(quantisation, 'ignore')),
    ...list(field(quantisation, 'exclude_modules')),
  ])

/** Whether the experts come as MXFP4, which llama.cpp takes over as it is, whatever the recipe. */
export const hasMxfp4Experts = (config: Weights['config']): boolean =>
  field(config.quantization_config, 'quant_method') === 'mxfp4'

const dtypes: Readonly<Record<string, 'fp32' | 'fp16' | 'bf16'>> = {
  bfloat16: 'bf16',
  float16: 'fp16',
  float32: 'fp32',
}

function methodOf(config: Weights['config'], quantisation: unknown): FileFormatId {
  const method = field(quantisation, 'quant_method')
  const algorithm = field(quantisation, 'quant_algo')
  const packing = field(quantisation, 'format')
  const isV4 = config.model_type === 'deepseek_v4'
  if (method === 'fp8' && !isV4) {
    return Array.isArray(field(quantisation, 'weight_block_size')) ? 'fp8-block128' : 'fp8'
  }
  if (method === 'fbgemm_fp8' || packing === 'float-quantized') return 'fp8-per-channel'
  if (method === 'mxfp4' || packing === 'mxfp4-pack-quantized') return 'mxfp4'
  if (algorithm === 'NVFP4' || packing === 'nvfp4-pack-quantized') return 'nvfp4'
  if (algorithm === 'FP8') return 'fp8'
  if (method === 'awq' || method === 'gptq') {
    inGroups(quantisation, method)
    if (method === 'awq') return 'awq-g128'
    return field(quantisation, 'sym') === false ? 'gptq-g128-asym' : 'gptq-g128'
  }
  if (method === 'bitsandbytes') {
    if (field(quantisation, 'load_in_8bit') === true) return 'int8'
    return field(quantisation, 'bnb_4bit_use_double_quant') === false ? 'nf4' : 'nf4-dq'
  }
  throw invalid(
    'config.quantization_config',
    `config.quantization_config: ${quote(isV4 ? 'fp8 with experts of another width' : (algorithm ?? packing ?? method ?? quantisation))} does not say how each tensor is stored; name the format in place of "published".`,
  )
}

/** @throws InputProblem for a width or a group other than 4 bits for 128 weights, the layout that is known here. */
function inGroups(quantisation: unknown, method: string): void {
  for (const [names, accepted] of [
    [['bits', 'w_bit'], 4],
    [['group_size', 'q_group_size'], 128],
  ] as const) {
    const name = names.find((candidate) => field(quantisation, candidate) !== undefined)
    const stated = name === undefined ? accepted : field(quantisation, name)
    if (stated === accepted) continue
    throw invalid(
      `config.quantization_config.${name}`,
      `config.quantization_config.${name}: ${quote(stated)} in ${method} is a layout that is not known here; ${accepted} is accepted, or name the format in place of "published".`,
    )
  }
}
