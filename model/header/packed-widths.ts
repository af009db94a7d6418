import type { PackedWidths } from './tensor-role.ts'

/** Four bits is what nearly every packed file holds; it is an assumption of the answer where no config says so. */
const usualBits = 4

/**
 * The widths that a config states: `quantization_config.bits` (GPTQ, AWQ), `config_groups.*.weights.num_bits`
 * (compressed-tensors), `expert_dtype` (DeepSeek V4).
 */
export function widthsOf(config: Readonly<Record<string, unknown>> | undefined): PackedWidths {
  const quantisation = field(config, 'quantization_config')
  const groups = Object.values(field(quantisation, 'config_groups') ?? {})
  const stated = [
    field(quantisation, 'bits'),
    ...groups.map((group) => field(field(group, 'weights'), 'num_bits')),
  ]
  const bits = stated.find((value) => typeof value === 'number' && value > 0 && value <= 8)
  return {
    packedBits: typeof bits === 'number' ? bits : usualBits,
    expertBits: field(config, 'expert_dtype') === 'fp4' ? 4 : 8,
  }
}

const field = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined
