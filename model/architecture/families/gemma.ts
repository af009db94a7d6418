import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import { alternating } from '../windows.ts'

const fourNorms = [
  'input_layernorm',
  'post_attention_layernorm',
  'pre_feedforward_layernorm',
  'post_feedforward_layernorm',
] as const

/** Gemma 1 to 3: tied heads, and from the second generation on four norms a layer and windows in some layers. */
export const gemma: readonly Family[] = [
  { modelTypes: ['gemma'], classes: ['Gemma'], describe: decoder({ tied: true }) },
  {
    modelTypes: ['gemma2'],
    classes: ['Gemma2'],
    describe: decoder({ tied: true, norms: fourNorms, windows: alternating(2) }),
  },
  {
    modelTypes: ['gemma3_text'],
    classes: ['Gemma3'],
    describe: decoder({
      tied: true,
      norms: fourNorms,
      attention: () => ({ qkNorm: 'per-head' }),
      windows: alternating(6),
    }),
  },
]
