import { linear, norm, vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import type { Tensor } from '../normal-form.ts'
import { clipBounds } from './transformer.ts'

const component = 'audio'

/** What Gemma4AudioConfig takes for the fields that published configs leave out. */
const defaults = {
  hidden_size: 1024,
  num_hidden_layers: 12,
  num_attention_heads: 8,
  subsampling_conv_channels: [128, 32],
  conv_kernel_size: 5,
  output_proj_dims: 1536,
  use_clipped_linears: true,
}

/**
 * The audio tower of Gemma 4: two convolutions that halve time and frequency, conformer layers of two feed-forward
 * blocks with attention and a light convolution between them, and two projections to the width of the text model.
 *
 * @see huggingface/transformers, src/transformers/models/gemma4/modeling_gemma4.py @0246b4f3, Gemma4AudioModel
 */
export function audioTower(stated: ConfigReader, textWidth: number): Tensor[] {
  const audio = stated.orDefaults(defaults)
  const width = audio.whole('hidden_size')
  const depth = audio.whole('num_hidden_layers', { most: 10_000 })
  const out = audio.whole('output_proj_dims')
  const [first = 0, second = 0] = audio.wholes('subsampling_conv_channels')
  const headWidth = Math.floor(width / audio.whole('num_attention_heads'))
  const inLayers = { component, copies: depth } as const
  const clipped = [
    ['ffw_layer_1', 4 * width, width, 2],
    ['ffw_layer_2', width, 4 * width, 2],
    ['qkv_proj', 3 * width, width, 1],
    ['post', width, width, 1],
    ['linear_start', 2 * width, width, 1],
    ['linear_end', width, width, 1],
  ] as const
  return [
    ...linear({ component, name: 'conv_0', out: first, in: 3 * 3 }),
    ...norm('conv_norm_0', first, 'rms', component),
    ...linear({ component, name: 'conv_1', out: second, in: 3 * 3 * first }),
    ...norm('conv_norm_1', second, 'rms', component),
    ...linear({ component, name: 'input_proj_linear', out: width, in: Math.floor(first / 4) * second }),
    ...clipped.flatMap(([name, rows, columns, blocks]) =>
      linear({ component, name, out: rows, in: columns, copies: blocks * depth }),
    ),
    ...linear({ ...inLayers, name: 'relative_k_proj', out: width, in: width }),
    vector(component, 'per_dim_scale', headWidth, { copies: depth }),
    ...linear({ ...inLayers, name: 'depthwise_conv1d', out: width, in: audio.whole('conv_kernel_size') }),
    // Two around each feed-forward block, two around attention, two in the convolution, one at the end.
    vector(component, 'norms', width, { copies: 9 * depth }),
    // Queries, keys and values are apart in the file.
    ...(audio.flag('use_clipped_linears') ? [clipBounds(component, 10 * depth)] : []),
    ...linear({ component, name: 'output_proj', out, in: width, bias: true }),
    ...linear({ component, name: 'embedding_projection', out: textWidth, in: out }),
  ]
}
