import { vector } from '../blocks/tensor.ts'
import type { ConfigReader } from '../config-reader.ts'
import type { Tensor } from '../normal-form.ts'
import {
  bridge,
  bridgeNorm,
  clipBounds,
  encoder,
  patches,
  positions,
  visionBuffer,
  visionNorm,
  visionVector,
} from './transformer.ts'

/** A vision tower and its projector, from `vision_config` and the width of the text model. */
export type Tower = (vision: ConfigReader, textWidth: number) => Tensor[]

/** Rows for each patch of a square image. */
const gridOf = (vision: ConfigReader): number =>
  Math.floor(vision.whole('image_size', { most: 1e5 }) / vision.whole('patch_size', { most: 1e5 })) ** 2

const sizesOf = (vision: ConfigReader) => ({
  width: vision.whole(['hidden_size', 'vt_hidden_size']),
  mlpWidth: vision.whole(['intermediate_size', 'vt_intermediate_size']),
  depth: vision.whole(['num_hidden_layers', 'depth', 'vt_num_hidden_layers'], { most: 10_000 }),
})

/** CLIP without its own projection, as LLaVA and Phi-3-vision use it. */
const clip: Tower = (vision) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  return [
    visionVector('class_embedding', width),
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: false }),
    positions(gridOf(vision) + 1, width),
    ...visionNorm('pre_layrnorm', width, 'layer'),
    ...encoder({ ...sizes, norm: 'layer', attentionBias: true, mlpBias: true }),
    ...visionNorm('post_layernorm', width, 'layer'),
  ]
}

export const llava: Tower = (vision, textWidth) => [
  ...clip(vision, textWidth),
  ...bridge('linear_1', textWidth, vision.whole('hidden_size'), true),
  ...bridge('linear_2', textWidth, textWidth, true),
]

export const siglip: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  return [
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: true }),
    positions(gridOf(vision), width),
    ...encoder({ ...sizes, norm: 'layer', attentionBias: true, mlpBias: true }),
    ...visionNorm('post_layernorm', width, 'layer'),
    ...bridge('mm_input_projection', textWidth, width, false),
    ...bridgeNorm('mm_soft_emb_norm', width, 'rms'),
  ]
}

/** Positions along both axes, four norms a layer, and two running statistics where `standardize` is set. */
export const gemma4: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  return [
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: false }),
    positions(2 * vision.whole('position_embedding_size'), width),
    ...encoder({
      ...sizes,
      norm: 'rms',
      norms: 4,
      attentionBias: false,
      mlpBias: false,
      gated: true,
      headNorm: vision.whole('head_dim'),
    }),
    ...(vision.flag('standardize', false)
      ? [visionBuffer('std_bias', width), visionBuffer('std_scale', width)]
      : []),
    ...(vision.flag('use_clipped_linears', false) ? [clipBounds('vision', 7 * sizes.depth)] : []),
    ...bridge('embedding_projection', textWidth, width, false),
  ]
}

export const pixtral: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  const merged = 2
  return [
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: false }),
    ...visionNorm('ln_pre', width, 'rms'),
    ...encoder({ ...sizes, norm: 'rms', attentionBias: false, mlpBias: false, gated: true }),
    ...bridgeNorm('norm', width, 'rms'),
    ...bridge('patch_merger', width, merged ** 2 * width, false),
    ...bridge('linear_1', textWidth, width, false),
    ...bridge('linear_2', textWidth, textWidth, false),
  ]
}

/** Four neighbouring patches become one token: a norm and two matrices of four times the width. */
const merger = (
  name: string,
  {
    width,
    merge,
    out,
    normWidth,
    norm,
  }: { width: number; merge: number; out: number; normWidth: number; norm: 'rms' | 'layer' },
): Tensor[] => {
  const wide = width * merge ** 2
  return [
    ...bridgeNorm(`${name}.norm`, normWidth, norm),
    ...bridge(`${name}.fc1`, wide, wide, true),
    ...bridge(`${name}.fc2`, out, wide, true),
  ]
}

/** The defaults of Qwen2VLVisionConfig; the first published configs leave most of them out. */
const qwen2Defaults = {
  depth: 32,
  embed_dim: 1280,
  mlp_ratio: 4,
  patch_size: 14,
  spatial_merge_size: 2,
  temporal_patch_size: 2,
}

export const qwen2: Tower = (stated, textWidth) => {
  const vision = stated.orDefaults(qwen2Defaults)
  const width = vision.whole('embed_dim')
  return [
    ...patches({
      width,
      patchSize: vision.whole('patch_size'),
      frames: vision.whole('temporal_patch_size'),
      bias: false,
    }),
    ...encoder({
      width,
      mlpWidth: vision.whole('mlp_ratio') * width,
      depth: vision.whole('depth', { most: 10_000 }),
      norm: 'layer',
      attentionBias: true,
      mlpBias: true,
    }),
    ...merger('merger', {
      width,
      merge: vision.whole('spatial_merge_size'),
      out: textWidth,
      normWidth: width,
      norm: 'layer',
    }),
  ]
}

export const qwen25: Tower = (stated, textWidth) => {
  const vision = stated.orDefaults({ ...qwen2Defaults, hidden_size: 1280, intermediate_size: 3420 })
  const sizes = sizesOf(vision)
  const { width } = sizes
  return [
    ...patches({
      width,
      patchSize: vision.whole('patch_size'),
      frames: vision.whole('temporal_patch_size'),
      bias: false,
    }),
    ...encoder({ ...sizes, norm: 'rms', attentionBias: true, mlpBias: true, gated: true }),
    ...merger('merger', {
      width,
      merge: vision.whole('spatial_merge_size'),
      out: textWidth,
      normWidth: width,
      norm: 'rms',
    }),
  ]
}

/** Qwen3-VL and 3.5: learned positions, and one more merger for each DeepStack level. */
export const qwen3: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  const merge = vision.whole('spatial_merge_size')
  const levels = vision.has('deepstack_visual_indexes')
    ? vision.wholes('deepstack_visual_indexes', { least: 0 })
    : []
  return [
    ...patches({
      width,
      patchSize: vision.whole('patch_size'),
      frames: vision.whole('temporal_patch_size'),
      bias: true,
    }),
    positions(vision.whole('num_position_embeddings'), width),
    ...encoder({ ...sizes, norm: 'layer', attentionBias: true, mlpBias: true }),
    ...merger('merger', { width, merge, out: textWidth, normWidth: width, norm: 'layer' }),
    ...levels.flatMap((_, level) =>
      merger(`deepstack_merger_list.${level}`, {
        width,
        merge,
        out: textWidth,
        normWidth: width * merge ** 2,
        norm: 'layer',
      }),
    ),
  ]
}

export const llama4: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width, mlpWidth } = sizes
  const [into, out] = [vision.whole('projector_input_dim'), vision.whole('projector_output_dim')]
  const adapter = (name: string, rows: number, input: number) =>
    bridge(name, rows, input, false).map((tensor) => ({ ...tensor, component: 'vision' as const }))
  return [
    visionVector('class_embedding', width),
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: false }),
    positions(gridOf(vision) + 1, width),
    ...visionNorm('layernorm_pre', width, 'layer'),
    ...encoder({ ...sizes, norm: 'layer', attentionBias: true, mlpBias: true }),
    ...visionNorm('layernorm_post', width, 'layer'),
    ...adapter('vision_adapter.fc1', into, mlpWidth),
    ...adapter('vision_adapter.fc2', out, into),
    ...bridge('multi_modal_projector', textWidth, vision.whole('vision_output_dim'), false),
  ]
}

/** Layers that see one tile, gated layers that see all, and embeddings of tiles by aspect ratio. */
export const mllama: Tower = (stated, textWidth) => {
  const vision = stated.orDefaults({ max_aspect_ratio_id: 8, max_num_tiles: 4 })
  const sizes = sizesOf(vision)
  const { width } = sizes
  const globalDepth = vision.whole('num_global_layers', { most: 10_000 })
  const tiles = vision.whole('max_num_tiles')
  const ratios = vision.whole('max_aspect_ratio_id') + 1
  const rows = gridOf(vision) + 1
  const layers = { ...sizes, norm: 'layer', attentionBias: false, mlpBias: true } as const
  return [
    visionVector('class_embedding', width),
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: false }),
    positions(rows, width),
    ...['gated_positional_embedding.gate', 'pre_tile.gate', 'post_tile.gate'].map((name) =>
      visionVector(name, 1),
    ),
    positions(ratios, tiles * rows * width),
    positions(ratios, tiles * width),
    positions(ratios, tiles * width),
    ...visionNorm('layernorm_pre', width, 'layer'),
    ...encoder(layers),
    ...encoder({ ...layers, depth: globalDepth }),
    vector('vision', 'gate_attn', 1, { copies: globalDepth }),
    vector('vision', 'gate_ffn', 1, { copies: globalDepth }),
    ...visionNorm('layernorm_post', width, 'layer'),
    ...bridge('multi_modal_projector', textWidth, vision.whole('vision_output_dim'), true),
  ]
}

/** MoonViT and the projector of Kimi K2.5. */
export const moonVit: Tower = (vision, textWidth) => {
  const sizes = sizesOf(vision)
  const { width } = sizes
  const merge = 2
  return [
    ...patches({ width, patchSize: vision.whole('patch_size'), bias: true }),
    positions(vision.whole('init_pos_emb_height') * vision.whole('init_pos_emb_width'), width),
    ...encoder({ ...sizes, norm: 'layer', attentionBias: true, mlpBias: true }),
    ...visionNorm('final_layernorm', width, 'layer'),
    ...merger('mm_projector', { width, merge, out: textWidth, normWidth: width, norm: 'layer' }),
  ]
}

/** CLIP, two matrices, and the two vectors that separate the image's crops. */
export const phi3: Tower = (vision, textWidth) => {
  const merged = 4 * vision.whole('hidden_size')
  return [
    ...clip(vision, textWidth),
    ...bridge('img_projection.0', textWidth, merged, true),
    ...bridge('img_projection.2', textWidth, textWidth, true),
    vector('projector', 'glb_GN', merged),
    vector('projector', 'sub_GN', vision.whole('hidden_size')),
  ]
}
