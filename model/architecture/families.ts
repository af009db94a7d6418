import { compositesOver } from './families/composites.ts'
import { deepseek } from './families/deepseek.ts'
import { deepseekV4 } from './families/deepseek-v4.ts'
import { encoders } from './families/encoders.ts'
import { gemma } from './families/gemma.ts'
import { gemma4 } from './families/gemma4.ts'
import { glm } from './families/glm.ts'
import { gpt } from './families/gpt.ts'
import { hybrids } from './families/hybrids.ts'
import { llamaLike } from './families/llama-like.ts'
import { llamaVariants } from './families/llama-variants.ts'
import { mamba } from './families/mamba.ts'
import { minimax } from './families/minimax.ts'
import { mixtures } from './families/mixtures.ts'
import { nemotronHybrid } from './families/nemotron-hybrid.ts'
import { parallel } from './families/parallel.ts'
import { phi } from './families/phi.ts'
import { qwen } from './families/qwen.ts'
import { qwenHybrid } from './families/qwen-hybrid.ts'
import { searched } from './families/searched.ts'
import { sparseVariants } from './families/sparse-variants.ts'
import type { Family } from './family.ts'

const texts: readonly Family[] = [
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
  ...deepseekV4,
  ...gemma4,
  ...llamaVariants,
  ...sparseVariants,
  ...searched,
  ...encoders,
  ...mamba,
  ...hybrids,
  ...nemotronHybrid,
  ...qwenHybrid,
]

/** Every family that can be counted. */
export const families: readonly Family[] = [...texts, ...compositesOver(texts)]
