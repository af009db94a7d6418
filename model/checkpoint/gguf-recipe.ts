import { type GgufCategory, getsMoreBits, isInFirst, type Place } from './gguf-place.ts'

/** Types that recipes are made of, as model/precision.ts spells them. */
export type GgufBlock =
  | 'fp32'
  | 'fp16'
  | 'bf16'
  | 'q4_0'
  | 'q4_1'
  | 'q5_0'
  | 'q5_1'
  | 'q8_0'
  | 'q2_k'
  | 'q3_k'
  | 'q4_k'
  | 'q5_k'
  | 'q6_k'
  | 'iq1_s'
  | 'iq1_m'
  | 'iq2_xxs'
  | 'iq2_xs'
  | 'iq2_s'
  | 'iq3_xxs'
  | 'iq3_s'
  | 'iq4_nl'
  | 'iq4_xs'
  | 'tq1_0'
  | 'tq2_0'
  | 'mxfp4'

type Rule = GgufBlock | ((place: Place) => GgufBlock)

/** A mixture of types: the base, and the categories that get another. */
interface Recipe extends Partial<Readonly<Record<Exclude<GgufCategory, 'output'>, Rule>>> {
  readonly base: GgufBlock
  /** Of the head; six bits where a recipe does not say. */
  readonly output?: GgufBlock
  /** Types for a model of exactly eight experts, whose attention is small beside them. */
  readonly ofEight?: Partial<Readonly<Record<GgufCategory, Rule>>>
}

const wide = ({ groupSize }: Place): boolean => groupSize >= 4
const wideOrMixed = (place: Place): boolean => wide(place) || place.expertCount >= 4

const kOfEight = { key: 'q8_0', value: 'q8_0' } as const
const kOfEightWithOutput = { ...kOfEight, 'attention output': 'q5_k' } as const

/** Below three bits: value, output and the first eighth of down are kept finer. */
const tiny = (base: GgufBlock, fine: GgufBlock, output: GgufBlock): Recipe => ({
  base,
  'token embedding': fine,
  output: 'q5_k',
  value: (place) => (wideOrMixed(place) ? 'q4_k' : fine),
  'fused attention': (place) => (wideOrMixed(place) ? 'q4_k' : fine),
  'attention output': output,
  down: (place) => (isInFirst(place, 8) ? fine : base),
  ofEight: { key: 'q4_k', 'attention output': 'q5_k' },
})

const plain = (base: GgufBlock): Recipe => ({ base, ofEight: kOfEight })

const inFirstEighth =
  (fine: GgufBlock, base: GgufBlock): Rule =>
  (place) =>
    isInFirst(place, 8) ? fine : base

/** Types that need no block scales beyond their own block: every tensor alike, the head finer. */
const fourBitNonlinear = (base: GgufBlock): Recipe => ({
  base,
  value: (place) => (wide(place) ? 'q5_k' : base),
  down: inFirstEighth('q5_k', base),
  ofEight: kOfEightWithOutput,
})

/**
 * The recipes of llama.cpp's quantiser, without an importance matrix where a recipe can do without one. The types
 * below two and a half bits, IQ3_XXS and Q2_K_S cannot, so they are taken with one.
 *
 * @see ggml-org/llama.cpp, src/llama-quant.cpp @007dbbf3, llama_tensor_get_type_impl and llama_ftype_get_default_type
 */
export const ggufRecipes = {
  'gguf-f32': { base: 'fp32' },
  'gguf-f16': { base: 'fp16' },
  'gguf-bf16': { base: 'bf16' },
  q8_0: { base: 'q8_0' },
  q6_k: plain('q6_k'),
  q5_k_m: {
    base: 'q5_k',
    value: (place) => (getsMoreBits(place) ? 'q6_k' : 'q5_k'),
    'fused attention': 'q6_k',
    down: (place) => (getsMoreBits(place) ? 'q6_k' : 'q5_k'),
    ofEight: kOfEight,
  },
  q5_k_s: plain('q5_k'),
  q5_1: plain('q5_1'),
  q5_0: plain('q5_0'),
  q4_k_m: {
    base: 'q4_k',
    value: (place) => (getsMoreBits(place) ? 'q6_k' : 'q4_k'),
    'fused attention': 'q5_k',
    down: (place) => {
      if (!place.isFalcon) return getsMoreBits(place) ? 'q6_k' : 'q4_k'
      return isInFirst(place, 16) ? 'q6_k' : getsMoreBits(place) ? 'q5_k' : 'q4_k'
    },
    ofEight: kOfEightWithOutput,
  },
  q4_k_s: {
    base: 'q4_k',
    value: ({ layer }) => (layer < 4 ? 'q5_k' : 'q4_k'),
    down: (place) => (!place.isFalcon && isInFirst(place, 8) ? 'q5_k' : 'q4_k'),
    ofEight: kOfEightWithOutput,
  },
  q4_1: plain('q4_1'),
  q4_0: plain('q4_0'),
  iq4_nl: fourBitNonlinear('iq4_nl'),
  iq4_xs: fourBitNonlinear('iq4_xs'),
  q3_k_l: {
    base: 'q3_k',
    value: 'q5_k',
    'fused attention': 'q4_k',
    'attention output': ({ isFalcon }) => (isFalcon ? 'q4_k' : 'q5_k'),
    down: ({ isFalcon }) => (isFalcon ? 'q4_k' : 'q5_k'),
    ofEight: { ...kOfEight, 'attention output': 'q3_k' },
  },
  q3_k_m: {
    base: 'q3_k',
    value: ({ layer }) => (layer < 2 ? 'q5_k' : 'q4_k'),
    'fused attention': 'q4_k',
    'attention output': ({ isFalcon }) => (isFalcon ? 'q3_k' : 'q4_k'),
    down: (place) => {
      if (isInFirst(place, 16)) return 'q5_k'
      return !place.isFalcon || getsMoreBits(place) ? 'q4_k' : 'q3_k'
    },
    ofEight: kOfEightWithOutput,
  },
  q3_k_s: { base: 'q3_k', ofEight: kOfEightWithOutput },
  iq3_m: {
    base: 'iq3_s',
    value: 'q4_k',
    'fused attention': 'q4_k',
    'attention output': 'q4_k',
    down: inFirstEighth('q4_k', 'iq3_s'),
    ofEight: { ...kOfEightWithOutput, down: (place) => (getsMoreBits(place) ? 'q4_k' : 'iq3_s') },
  },
  iq3_s: {
    base: 'iq3_s',
    value: (place) => (wide(place) ? 'q4_k' : 'iq3_s'),
    ofEight: kOfEightWithOutput,
  },
  iq3_xs: {
    base: 'iq3_s',
    query: 'iq3_xxs',
    key: 'iq3_xxs',
    value: (place) => (wide(place) ? 'q4_k' : 'iq3_s'),
    gate: middleOf('iq3_xxs', 'iq3_s'),
    up: middleOf('iq3_xxs', 'iq3_s'),
    ofEight: kOfEightWithOutput,
  },
  iq3_xxs: {
    base: 'iq3_xxs',
    'token embedding': 'iq3_s',
    output: 'q5_k',
    query: 'iq2_s',
    key: 'iq2_s',
    value: (place) => (wide(place) ? 'q4_k' : 'iq3_xxs'),
    'attention output': 'iq3_s',
    ofEight: kOfEightWithOutput,
  },
  q2_k: {
    base: 'q2_k',
    value: (place) => (wide(place) ? 'q4_k' : 'q3_k'),
    'attention output': 'q3_k',
    down: 'q3_k',
    ofEight: kOfEightWithOutput,
  },
  q2_k_s: {
    base: 'q2_k',
    value: (place) => (wide(place) ? 'q4_k' : 'q2_k'),
    down: inFirstEighth('q4_k', 'q2_k'),
    ofEight: kOfEight,
  },
  iq2_m: tiny('iq2_s', 'iq3_s', 'iq3_s'),
  iq2_s: tiny('iq2_xs', 'iq3_s', 'iq3_s'),
  iq2_xs: tiny('iq2_xs', 'q2_k', 'iq2_xs'),
  iq2_xxs: tiny('iq2_xxs', 'q2_k', 'iq2_xxs'),
  iq1_m: tiny('iq1_m', 'q2_k', 'iq2_xxs'),
  iq1_s: tiny('iq1_s', 'q2_k', 'iq2_xxs'),
  tq2_0: { base: 'tq2_0', 'token embedding': 'q4_k', ofEight: kOfEight },
  tq1_0: { base: 'tq1_0', 'token embedding': 'q4_k', ofEight: kOfEight },
  mxfp4_moe: { base: 'q8_0', output: 'q8_0' },
} as const satisfies Record<string, Recipe>

/** One type for the layers between the first and the last eighth, another for those. */
function middleOf(middle: GgufBlock, ends: GgufBlock): Rule {
  return (place) => {
    const isMiddle = !isInFirst(place, 8) && place.layer < Math.floor((7 * place.layerCount) / 8)
    return isMiddle ? middle : ends
  }
}

export type GgufRecipeId = keyof typeof ggufRecipes

/** The type of the head, before its rows are looked at. */
export const outputIn = (id: GgufRecipeId): GgufBlock => {
  const { output = 'q6_k' }: Recipe = ggufRecipes[id]
  return output
}

/** The type that a recipe gives to a tensor of some category in some layer, before its rows are looked at. */
export function typeIn(id: GgufRecipeId, category: GgufCategory, place: Place): GgufBlock {
  const recipe: Recipe = ggufRecipes[id]
  const ofEight = place.expertCount === 8 ? recipe.ofEight?.[category] : undefined
  const rule = ofEight ?? recipe[category] ?? recipe.base
  const type = typeof rule === 'function' ? rule(place) : rule
  const isCoarseValue = category === 'value' && (type === 'q3_k' || type === 'q4_k')
  return place.is70b && isCoarseValue && !belowThreeBits.has(id) ? 'q5_k' : type
}

const belowThreeBits = new Set<GgufRecipeId>(['iq1_s', 'iq1_m', 'iq2_xxs', 'iq2_xs', 'iq2_s', 'iq2_m'])
