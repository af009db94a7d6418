import type { Component } from '../architecture/normal-form.ts'
import type { TensorGroup } from '../tensors.ts'

/** Names that publishers give to the module of a component. */
const modules: Partial<Readonly<Record<Component, readonly string[]>>> = {
  attention: ['self_attn', 'attention'],
  indexer: ['self_attn'],
  'feed-forward': ['mlp', 'feed_forward'],
  experts: [
    'mlp.experts.0',
    'block_sparse_moe.experts.0',
    'feed_forward.experts.0',
    'mlp.experts',
    'experts.0',
  ],
  'shared-experts': ['mlp.shared_experts', 'mlp.shared_expert', 'feed_forward.shared_expert'],
  recurrent: ['linear_attn', 'mixer', 'mamba'],
}

const prefixes = ['model.layers', 'language_model.model.layers', 'model.language_model.layers']

/** Every path that the module of a tensor may have in its publisher's files, for one layer. */
export function pathsOf({ component, name, part }: TensorGroup, layer: number): string[] {
  if (component === 'head') return ['lm_head', 'language_model.lm_head']
  if (part === 'tower') return [`vision_tower.${name}`, `visual.${name}`, `model.vision_tower.${name}`]
  const inside =
    component === 'router'
      ? ['mlp.gate', 'mlp.router', 'block_sparse_moe.gate', 'feed_forward.router', 'router']
      : (modules[component] ?? ['']).map((module) => (module === '' ? name : `${module}.${name}`))
  if (part === 'multi-token-prediction') {
    // `model.decoder` is what SGLang calls the layer, and what MiMo-V2-Flash keeps out.
    const inLayer = inside.map((path) => `model.decoder.${path}`)
    return [`mtp.layers.0.${name}`, `model.layers.${layer}.${name}`, ...inLayer]
  }
  return prefixes.flatMap((prefix) => inside.map((path) => `${prefix}.${layer}.${path}`))
}
