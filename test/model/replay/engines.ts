import type { Engine } from '../../../model/replay/engine.ts'

/** An engine whose steps all take as long as each other, with room for so many sequences and prompts that cost nothing. */
export const steadyEngine = (stepSeconds: number, of: Partial<Engine> = {}): Engine => ({
  decodeSeconds: () => stepSeconds,
  promptSeconds: () => 0,
  frontSeconds: 0,
  sequences: 1,
  tokensPerStep: 8192,
  cache: { bytes: Number.POSITIVE_INFINITY, blockTokens: 16, blockBytes: 0, fixedBytes: () => 0 },
  contextLimitTokens: Number.POSITIVE_INFINITY,
  ...of,
})
