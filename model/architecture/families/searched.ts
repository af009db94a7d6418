import { attention } from '../blocks/attention.ts'
import { gated } from '../blocks/feed-forward.ts'
import { linear, norm } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { assemble, dividing, headDimOf, shapeOf, shared } from '../decoder.ts'
import type { Family } from '../family.ts'
import * as fields from '../field-names.ts'
import type { FeedForward, Layer } from '../normal-form.ts'

/** Llama-Nemotron: a search gave each layer its own attention and feed-forward block, replaced or left out some. */
export const searched: readonly Family[] = [
  {
    modelTypes: ['nemotron-nas', 'deci'],
    classes: ['DeciLM'],
    describe(config, task) {
      const shape = shapeOf(config, { tied: false })
      const { hiddenSize } = shape
      const heads = config.whole(fields.headCount)
      const headDim = headDimOf(config, hiddenSize, heads)
      const attentionOf = shared((kvHeads: number) => attention({ hiddenSize, heads, kvHeads, headDim }))
      const feedForwardOf = shared((width: number) => gated({ hiddenSize, width }))
      const replacementOf = shared((name: string) => replacement(name, hiddenSize))
      const normOf = shared((name: string) => norm(name, hiddenSize))
      const layers = config.readers('block_configs', shape.layerCount).map<Layer>((block) => {
        const [mixing, feeding] = [part(block, 'attention'), part(block, 'ffn')]
        return {
          mixers: mixing.form === 'own' ? [attentionOf(kvHeadsOf(config, mixing.reader, heads))] : [],
          feedForwards: [
            ...(mixing.form === 'linear' ? [replacementOf('self_attn.linear_attn')] : []),
            ...(feeding.form === 'linear' ? [replacementOf('mlp.linear_mlp')] : []),
            ...(feeding.form === 'own' ? [feedForwardOf(widthOf(feeding.reader, hiddenSize))] : []),
          ],
          tensors: [
            ...(mixing.form === 'none' ? [] : normOf('input_layernorm')),
            ...(feeding.form === 'none' ? [] : normOf('post_attention_layernorm')),
          ],
        }
      })
      return assemble({ config, shape, task, layers })
    },
  },
]

interface Part {
  readonly reader: ConfigReader
  readonly form: 'own' | 'linear' | 'none'
}

function part(block: ConfigReader, name: 'attention' | 'ffn'): Part {
  const reader = block.nested(name)
  if (!reader) throw block.problem(name, ' is missing; it must be an object.')
  if (reader.flag('no_op', false)) return { reader, form: 'none' }
  return { reader, form: reader.flag('replace_with_linear', false) ? 'linear' : 'own' }
}

const replacement = (name: string, hiddenSize: number): FeedForward => ({
  kind: 'plain',
  width: hiddenSize,
  experts: 0,
  expertsPerToken: 0,
  tensors: linear({ component: 'feed-forward', name, out: hiddenSize, in: hiddenSize }),
})

function kvHeadsOf(config: ConfigReader, block: ConfigReader, heads: number): number {
  const inGroup = block.whole('n_heads_in_group')
  if (heads % inGroup === 0) return dividing(config, heads, heads / inGroup)
  throw block.problem('n_heads_in_group', `: ${inGroup} does not divide ${heads} attention heads.`)
}

/** The width as stated, or two thirds of `ffn_mult` hidden sizes, rounded up to a multiple of 256. */
function widthOf(block: ConfigReader, hiddenSize: number): number {
  const stated = block.optionalWhole('intermediate_size')
  if (stated !== undefined) return stated
  const multiplier = block.number('ffn_mult', 0)
  if (multiplier > 0) return Math.ceil(Math.trunc((2 * multiplier * hiddenSize) / 3) / 256) * 256
  throw block.problem('ffn_mult', ': a number above 0 is needed, or intermediate_size.')
}
