import { gatedFused } from '../blocks/feed-forward.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import { windowed } from '../windows.ts'

/** Phi-3: q, k, v in one matrix, and gate and up in one. */
export const phi: readonly Family[] = [
  {
    modelTypes: ['phi3'],
    classes: ['Phi3', 'Phi4'],
    describe: decoder({
      attention: () => ({ fused: 'qkv_proj' }),
      feedForward: (config, { hiddenSize }) => {
        const block = gatedFused({ hiddenSize, width: config.whole(fields.feedForwardWidth) })
        return () => block
      },
      windows: windowed,
    }),
  },
  {
    modelTypes: ['phi3small'],
    classes: ['Phi3Small'],
    describe: decoder({
      tied: true,
      norm: 'layer',
      attention: () => ({ bias: 'all', fused: 'query_key_value', names: ['q', 'k', 'v', 'dense'] }),
      feedForward: (config, { hiddenSize }) => {
        const width = config.whole(fields.feedForwardWidth)
        const block = gatedFused({ hiddenSize, width, bias: true, names: ['up_proj', 'down_proj'] })
        return () => block
      },
    }),
  },
]
