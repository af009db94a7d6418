import { type Mamba1, mamba1, mamba2 } from '../blocks/mamba.ts'
import { norm } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import { assemble, shapeOf } from '../decoder.ts'
import type { Family, Task } from '../family.ts'
import type { Architecture, Layer, Mixer } from '../normal-form.ts'

/** Models of recurrent layers alone. */
export const mamba: readonly Family[] = [
  {
    modelTypes: ['mamba', 'falcon_mamba'],
    classes: ['Mamba', 'FalconMamba'],
    describe: (config, task) =>
      stack(config, task, (hiddenSize) => {
        const expand = config.wholeOr('expand', 2)
        return mamba1({
          hiddenSize,
          innerSize: config.wholeOr('intermediate_size', expand * hiddenSize),
          stateSize: config.whole('state_size'),
          kernel: config.whole('conv_kernel'),
          stepRank: stepRankOf(config, 'time_step_rank', hiddenSize),
          bias: config.flag('use_bias', false),
          convolutionBias: config.flag('use_conv_bias', true),
          norms: false,
        })
      }),
  },
  {
    modelTypes: ['mamba2'],
    classes: ['Mamba2'],
    describe: (config, task) =>
      stack(config, task, (hiddenSize) =>
        mamba2({
          hiddenSize,
          ...headsOfWidth(config, hiddenSize),
          groups: config.whole('n_groups'),
          stateSize: config.whole('state_size'),
          kernel: config.whole('conv_kernel'),
          bias: config.flag('use_bias', false),
          convolutionBias: config.flag('use_conv_bias', true),
          gatedNorm: true,
        }),
      ),
  },
]

/** The rank of the step's projection; "auto" is a sixteenth of the hidden size, rounded up. */
export const stepRankOf = (config: ConfigReader, name: string, hiddenSize: number): Mamba1['stepRank'] =>
  config.raw(name) === 'auto' || !config.has(name) ? Math.ceil(hiddenSize / 16) : config.whole(name)

/** @throws InputProblem when heads × width is not the inner size. */
function headsOfWidth(config: ConfigReader, hiddenSize: number): { heads: number; headDim: number } {
  const [heads, headDim] = [config.whole('num_heads'), config.whole('head_dim')]
  const innerSize = config.wholeOr('expand', 2) * hiddenSize
  if (heads * headDim === innerSize) return { heads, headDim }
  throw config.problem(
    'num_heads',
    `: ${heads} heads of ${headDim} make ${heads * headDim}, not the inner size ${innerSize} (expand × hidden_size).`,
  )
}

function stack(config: ConfigReader, task: Task, mixerOf: (hiddenSize: number) => Mixer): Architecture {
  const shape = shapeOf(config, { tied: true })
  const layer: Layer = {
    mixers: [mixerOf(shape.hiddenSize)],
    feedForwards: [],
    tensors: norm('norm', shape.hiddenSize),
  }
  return assemble({ config, shape, task, layers: new Array<Layer>(shape.layerCount).fill(layer) })
}
