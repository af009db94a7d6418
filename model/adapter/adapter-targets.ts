import type { Weights } from '../facts.ts'
import { type InputProblem, invalid, quote } from '../problem.ts'
import { type TensorGroup, tensorsOf } from '../tensors.ts'

/** Every linear layer but the head and the routers. */
export const allLinear = 'all-linear'

/** Short words for the layers that adapters usually target, and what publishers call them. */
const roles: ReadonlyMap<string, readonly string[]> = new Map([
  ['q', ['q_proj', 'q_b_proj']],
  ['k', ['k_proj']],
  ['v', ['v_proj']],
  ['o', ['o_proj', 'out_proj', 'dense', 'wo']],
  ['qkv', ['Wqkv', 'qkv_proj', 'query_key_value', 'c_attn', 'W_pack', 'wqkv']],
  ['gate', ['gate_proj']],
  ['up', ['up_proj', 'gate_up_proj']],
  ['down', ['down_proj']],
])

/**
 * The linear layers that an adapter is put on.
 *
 * @throws InputProblem for a name that no linear layer of the model has, with those it has.
 */
export function targetedLayers(config: Weights['config'], targets: string): readonly TensorGroup[] {
  const linear = tensorsOf(config).filter(
    ({ kind, part, component }) =>
      kind === 'linear' && part !== 'tower' && part !== 'multi-token-prediction' && component !== 'head',
  )
  const asked = targets
    .split(/[\s,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (asked.length === 1 && asked[0]?.toLowerCase() === allLinear) {
    return linear.filter(({ component }) => component !== 'router')
  }
  const names = [...new Set(linear.map(({ name }) => name))]
  if (asked.length === 0) throw noSuchLayer(targets, names)
  const wanted = new Set(asked.flatMap((target) => namesOf(target, names)))
  return linear.filter(({ name }) => wanted.has(name))
}

function namesOf(target: string, names: readonly string[]): readonly string[] {
  const lower = target.toLowerCase()
  const exact = names.filter((name) => name.toLowerCase() === lower)
  if (exact.length > 0) return exact
  const byRole = names.filter((name) => roles.get(lower)?.includes(name))
  if (byRole.length > 0) return byRole
  throw noSuchLayer(target, names)
}

const noSuchLayer = (target: string, names: readonly string[]): InputProblem =>
  invalid(
    'targets',
    `targets: ${quote(target)} is no linear layer of this model. Accepted: ${allLinear}, or any of ${names.join(', ')}.`,
  )
