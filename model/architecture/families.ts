import { deepseek } from './families/deepseek.ts'
import { gemma } from './families/gemma.ts'
import { glm } from './families/glm.ts'
import { gpt } from './families/gpt.ts'
import { llamaLike } from './families/llama-like.ts'
import { minimax } from './families/minimax.ts'
import { mixtures } from './families/mixtures.ts'
import { parallel } from './families/parallel.ts'
import { phi } from './families/phi.ts'
import { qwen } from './families/qwen.ts'
import type { Family } from './family.ts'

/** Every family that can be counted. */
export const families: readonly Family[] = [
  ...llamaLike,
  ...qwen,
  ...gemma,
  ...glm,
  ...phi,
  ...parallel,
  ...gpt,
  ...mixtures,
  ...minimax,
  ...deepseek,
]
