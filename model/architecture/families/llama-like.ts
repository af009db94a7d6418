import { gated } from '../blocks/feed-forward.ts'
import { decoder } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'

/** Families of plain decoders with gated feed-forward blocks and RMSNorm, by what sets each apart. */
export const llamaLike: readonly Family[] = [
  {
    modelTypes: ['llama', 'Yi', 'aquila'],
    classes: ['Llama', 'LLaMA', 'Yi', 'Aquila'],
    describe: decoder({
      attention: (config) => ({ bias: config.flag('attention_bias', false) ? 'all' : 'none' }),
      feedForward: (config, { hiddenSize }) => {
        const width = config.whole(fields.feedForwardWidth)
        const block = gated({ hiddenSize, width, bias: config.flag('mlp_bias', false) })
        return () => block
      },
    }),
  },
]
