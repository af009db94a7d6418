import { quote } from '../problem.ts'
import type { ConfigReader } from './config-reader.ts'
import type { Shape } from './decoder.ts'

type Windows = readonly (number | null)[]

/** A window as long as the longest sequence hides nothing. */
const narrower = (window: number, { maxContextTokens }: Shape): number | null =>
  maxContextTokens !== null && window >= maxContextTokens ? null : window

const periodNames = ['sliding_window_pattern', '_sliding_window_pattern', 'global_attn_every_n_layers']

const unlimited = ({ layerCount }: Shape): Windows => new Array<number | null>(layerCount).fill(null)

const windowOf = (config: ConfigReader, shape: Shape, name = 'sliding_window'): number | null =>
  narrower(config.whole(name), shape)

/** `layer_types` as transformers writes it, one word for each layer. */
function fromLayerTypes(config: ConfigReader, shape: Shape): Windows {
  return config.words('layer_types', shape.layerCount).map((word, layer) => {
    switch (word) {
      case 'full_attention':
      case 'global_attention':
        return null
      case 'sliding_attention':
        return windowOf(config, shape)
      case 'chunked_attention':
        return windowOf(config, shape, 'attention_chunk_size')
      default:
        throw config.problem(
          `layer_types.${layer}`,
          `: ${JSON.stringify(word)} is not accepted here; full_attention, sliding_attention or chunked_attention is.`,
        )
    }
  })
}

/** Every layer slides where the config states a window, as Mistral 7B v0.1 and StarCoder2 do. */
export const windowed = (config: ConfigReader, shape: Shape): Windows => {
  if (config.has('layer_types')) return fromLayerTypes(config, shape)
  const window = config.has('sliding_window') ? windowOf(config, shape) : null
  return new Array<number | null>(shape.layerCount).fill(window)
}

/** The window counts only where `use_sliding_window` is set, from layer `max_window_layers` on, as in Qwen2. */
export const windowedIfUsed = (config: ConfigReader, shape: Shape): Windows => {
  if (config.has('layer_types')) return fromLayerTypes(config, shape)
  if (!config.flag('use_sliding_window', false)) return unlimited(shape)
  const window = windowOf(config, shape)
  const first = config.wholeOr('max_window_layers', 0, { least: 0 })
  return Array.from({ length: shape.layerCount }, (_, layer) => (layer >= first ? window : null))
}

/**
 * Every so many layers, one sees all: `sliding_window_pattern` 6 is five that slide and one that does not.
 * A pattern of letters ("LLLG") says the same.
 */
export const alternating =
  (defaultPeriod: number, windowName = 'sliding_window') =>
  (config: ConfigReader, shape: Shape): Windows => {
    if (config.has('layer_types')) return agreeing(config, fromLayerTypes(config, shape))
    if (!config.has(windowName)) return unlimited(shape)
    const window = windowOf(config, shape, windowName)
    const pattern = config.raw('sliding_window_pattern')
    if (typeof pattern === 'string') return byLetters(config, shape, pattern, window)
    const period = config.firstWholeOr(periodNames, defaultPeriod)
    return Array.from({ length: shape.layerCount }, (_, layer) =>
      (layer + 1) % period === 0 ? null : window,
    )
  }

/** @throws InputProblem where a period is stated beside the types of the layers and gives other ones. */
function agreeing(config: ConfigReader, windows: Windows): Windows {
  const name = periodNames.find((candidate) => typeof config.raw(candidate) === 'number')
  if (name === undefined || windows.every((window) => window === null)) return windows
  const period = config.whole(name)
  const other = windows.findIndex((window, layer) => (window === null) !== ((layer + 1) % period === 0))
  if (other < 0) return windows
  throw config.problem(
    name,
    `: ${period} contradicts layer_types.${other} ${quote(windows[other] === null ? 'full_attention' : 'sliding_attention')}; leave one of the two out.`,
  )
}

function byLetters(config: ConfigReader, shape: Shape, pattern: string, window: number | null): Windows {
  if (!/^[LG]{1,10000}$/.test(pattern)) {
    throw config.problem(
      'sliding_window_pattern',
      `: ${JSON.stringify(pattern.slice(0, 40))} must be letters L and G.`,
    )
  }
  return Array.from({ length: shape.layerCount }, (_, layer) =>
    pattern[layer % pattern.length] === 'L' ? window : null,
  )
}
