import { llamaLike } from './families/llama-like.ts'
import type { Family } from './family.ts'

/** Every family that can be counted. */
export const families: readonly Family[] = [...llamaLike]
