import { precisionAliases } from '../precision.ts'
import { type FileFormatId, fileFormats } from './file-format.ts'
import { type GgufRecipeId, ggufRecipes } from './gguf-recipe.ts'
import type { PlainFormat } from './safetensors-storage.ts'

/** Formats of one width, without scales. */
export const plainFormats = ['bf16', 'fp16', 'fp32'] as const
const quantisedFormats = Object.keys(fileFormats) as FileFormatId[]
const recipes = Object.keys(ggufRecipes) as GgufRecipeId[]
/** Everything that the `format` of a checkpoint can be. */
export const checkpointFormats = ['published', ...plainFormats, ...quantisedFormats, ...recipes] as const
export type CheckpointFormat = (typeof checkpointFormats)[number]

export const isPlain = (format: CheckpointFormat): format is PlainFormat =>
  plainFormats.some((plain) => plain === format)
export const isRecipe = (format: CheckpointFormat): format is GgufRecipeId =>
  Object.hasOwn(ggufRecipes, format)

/** Spellings of other tools, for the formats that a file can have. */
export const checkpointFormatAliases: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(precisionAliases).filter(([, id]) => checkpointFormats.some((format) => format === id)),
  ),
  'fp8-dynamic': 'fp8-per-channel',
  'fp8_e4m3 per-channel (dynamic)': 'fp8-per-channel',
  q2: 'q2_k',
  q3: 'q3_k_m',
  q4: 'q4_k_m',
  q5: 'q5_k_m',
  q6: 'q6_k',
  q8: 'q8_0',
}
