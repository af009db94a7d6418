import { architectureOf } from '../architecture/architecture-of.ts'
import type { Weights } from '../facts.ts'
import { precisions } from '../precision.ts'
import { elementsOf, type TensorGroup, tensorsOf } from '../tensors.ts'
import { BITS_PER_BYTE } from '../units.ts'
import { categoryOf, type GgufCategory, type Place } from './gguf-place.ts'
import { type GgufBlock, type GgufRecipeId, ggufRecipes, outputIn, typeIn } from './gguf-recipe.ts'
import { hasMxfp4Experts } from './quantisation-config.ts'
import { addTo, type Stored } from './stored.ts'

/**
 * Every tensor of a GGUF file of the text model, by type. Vision towers go into a file of their own, and layers
 * that predict further tokens are left out.
 */
export function ggufStorage(config: Weights['config'], recipe: GgufRecipeId): readonly Stored[] {
  const groups = tensorsOf(config).filter(
    ({ part, stored, kind }) => (part === 'text' || part === 'encoder') && stored && kind !== 'buffer',
  )
  const model = modelOf(config, groups)
  const sums = new Map<string, Stored>()
  for (const group of groups) {
    const category = categoryOf(group)
    for (const layer of group.layers.length === 0 ? [0] : group.layers) {
      const type =
        category === null ? 'fp32' : fittingType({ recipe, category, group, place: { ...model, layer } })
      const elements = elementsOf(group) * group.copies
      const bytes = (elements * precisions[type].bitsPerWeight) / BITS_PER_BYTE
      addTo(sums, { what: group.component, format: type, elements, bytes, count: group.copies })
    }
  }
  return [...sums.values()]
}

interface Model extends Omit<Place, 'layer'> {
  readonly isTied: boolean
  readonly hasMxfp4Experts: boolean
}

function modelOf(config: Weights['config'], groups: readonly TensorGroup[]): Model {
  const { layers, family, tiedHead } = architectureOf(config)
  const attention = layers.flatMap(({ mixers }) => mixers).find(({ kvHeads }) => kvHeads > 0)
  const groupSize = attention ? attention.heads / attention.kvHeads : 1
  const expertCount = groups.find(({ component }) => component === 'experts')?.copies ?? 0
  return {
    layerCount: layers.length,
    groupSize,
    expertCount,
    isFalcon: family === 'falcon',
    is70b: layers.length === 80 && groupSize > 1,
    isTied: tiedHead,
    hasMxfp4Experts: hasMxfp4Experts(config),
  }
}

interface Choice {
  readonly recipe: GgufRecipeId
  readonly category: GgufCategory
  readonly group: TensorGroup
  readonly place: Place & Model
}

function fittingType({ recipe, category, group, place }: Choice): GgufBlock {
  const { base } = ggufRecipes[recipe]
  if (place.hasMxfp4Experts && group.component === 'experts') return 'mxfp4'
  if (base === 'fp32' || base === 'fp16' || base === 'bf16') return base
  const rowLength = group.shape.at(-1) ?? 1
  const isHead = category === 'output' || (category === 'token embedding' && place.isTied)
  if (isHead) return headType({ recipe, rowLength, isFalcon: place.isFalcon })
  if (recipe === 'mxfp4_moe') return group.component === 'experts' ? 'mxfp4' : 'q8_0'
  return fallback(typeIn(recipe, category, place), rowLength)
}

/** The head, or the embedding that serves as one: six bits, or eight where its rows do not fill the blocks. */
function headType({
  recipe,
  rowLength,
  isFalcon,
}: {
  recipe: GgufRecipeId
  rowLength: number
  isFalcon: boolean
}): GgufBlock {
  const { base } = ggufRecipes[recipe]
  const block = precisions[base].block?.weights ?? 1
  if (isFalcon || rowLength % block !== 0 || base === 'q8_0') return 'q8_0'
  return fallback(outputIn(recipe), rowLength)
}

/** A type of the next larger block that the rows do fill. */
const replacement: Partial<Readonly<Record<GgufBlock, GgufBlock>>> = {
  iq1_s: 'iq4_nl',
  iq1_m: 'iq4_nl',
  iq2_xxs: 'iq4_nl',
  iq2_xs: 'iq4_nl',
  iq2_s: 'iq4_nl',
  iq3_xxs: 'iq4_nl',
  iq3_s: 'iq4_nl',
  iq4_xs: 'iq4_nl',
  q2_k: 'q4_0',
  q3_k: 'q4_0',
  tq1_0: 'q4_0',
  tq2_0: 'q4_0',
  q4_k: 'q5_0',
  q5_k: 'q5_1',
  q6_k: 'q8_0',
}

/** @see ggml-org/llama.cpp, src/llama-quant.cpp @007dbbf3, tensor_type_fallback */
function fallback(type: GgufBlock, rowLength: number): GgufBlock {
  const fits = (candidate: GgufBlock): boolean =>
    rowLength % (precisions[candidate].block?.weights ?? 1) === 0
  if (fits(type)) return type
  const next = replacement[type]
  return next !== undefined && fits(next) ? next : 'fp16'
}
