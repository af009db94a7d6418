import { architectureOf } from '../architecture/architecture-of.ts'
import type { Weights } from '../facts.ts'
import { precisions } from '../precision.ts'
import { invalid } from '../problem.ts'
import type { StoredExtra } from '../stored-elements.ts'
import { elementsOf, type TensorGroup, tensorsOf } from '../tensors.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { type FileFormat, type FileFormatId, fileFormats } from './file-format.ts'
import type { KeptModules } from './module-pattern.ts'
import { isKeptOut, isQuantisable } from './quantisable.ts'
import { addTo, type Stored } from './stored.ts'

export type PlainFormat = 'fp32' | 'fp16' | 'bf16'

/**
 * Models whose router is kept at 32 bits beside 8-bit experts.
 *
 * @see alvarobartt/hf-mem, README.md @e9946791: MiniMax-M2, 230,121,630,720 bytes
 */
const routersAt32Bits = new Set(['minimax_m2'])

/** Every tensor of the files in one plain format, by component. */
export function plainStorage(config: Weights['config'], format: PlainFormat): readonly Stored[] {
  return sumOf(tensorsOf(config), (group) => kept(group, format, 'any'))
}

/**
 * Every tensor of the files, where linear layers lie in a quantised format and the rest at 16 bits.
 *
 * Left at 16 bits are the embedding, the head, routers, norms, biases, convolutions, vision towers, the modules that
 * the config names, and all but the routed experts for a format of experts.
 */
export function quantisedStorage(
  config: Weights['config'],
  formatId: FileFormatId,
  keptModules: KeptModules | null,
): readonly Stored[] {
  const format: FileFormat = fileFormats[formatId]
  const groups = tensorsOf(config)
  const { family, layers } = architectureOf(config)
  checkWork(layers.length, keptModules)
  const hasExperts = groups.some(({ component }) => component === 'experts')
  const onlyExperts = format.scope === 'experts' && hasExperts && keptModules === null
  return sumOf(groups, (group, layer) => {
    const isQuantised =
      isQuantisable(group) &&
      (!onlyExperts || group.component === 'experts') &&
      !isKeptOut(group, layer, keptModules)
    if (!isQuantised) return kept(group, 'bf16', family)
    const [out = 1, input = 1] = group.shape
    return { format: formatId, bytes: format.linearBytes({ out, in: input }) }
  })
}

/** Layers times patterns; published models stay below 10,000. */
const mostMatches = 50_000

function checkWork(layerCount: number, keptModules: KeptModules | null): void {
  if (keptModules && keptModules.size * layerCount > mostMatches) {
    throw invalid(
      'config.quantization_config',
      `config.quantization_config: ${keptModules.size} patterns of modules over ${layerCount} layers are more than can be matched; at most ${mostMatches} of both multiplied.`,
    )
  }
}

interface OneStored {
  readonly format: string
  /** Of one tensor. */
  readonly bytes: number
}

/** What the files hold beside the parameters, each in its own format or in that of what is not quantised. */
export const storageOfExtras = (extras: readonly StoredExtra[], format: PlainFormat): readonly Stored[] =>
  extras.map((extra) => {
    const stored = extra.format ?? format
    return {
      what: extra.name,
      format: stored,
      elements: extra.elements,
      bytes: (extra.elements * bitsOf(stored)) / BITS_PER_BYTE,
      count: 1,
    }
  })

const bitsOf = (format: PlainFormat | 'int64' | 'bool'): number =>
  format === 'int64' ? tableBits : format === 'bool' ? BITS_PER_BYTE : precisions[format].bitsPerWeight

const tableBits = 64

function kept(group: TensorGroup, format: PlainFormat, family: string): OneStored {
  const elements = elementsOf(group)
  if (group.kind === 'table') return { format: 'int64', bytes: (elements * bitsOf('int64')) / BITS_PER_BYTE }
  const isAt32Bits =
    group.name === 'e_score_correction_bias' || (routersAt32Bits.has(family) && group.component === 'router')
  const stored = isAt32Bits ? 'fp32' : format
  return { format: stored, bytes: (elements * precisions[stored].bitsPerWeight) / BITS_PER_BYTE }
}

function sumOf(
  groups: readonly TensorGroup[],
  store: (group: TensorGroup, layer: number) => OneStored,
): readonly Stored[] {
  const sums = new Map<string, Stored>()
  for (const group of groups) {
    if (!group.stored) continue
    for (const layer of group.layers.length === 0 ? [0] : group.layers) {
      const { format, bytes } = store(group, layer)
      addTo(sums, {
        what: group.part === 'multi-token-prediction' ? group.part : group.component,
        format,
        elements: elementsOf(group) * group.copies,
        bytes: bytes * group.copies,
        count: group.copies,
      })
    }
  }
  return [...sums.values()]
}
