import { calculation } from '../calculation.ts'
import { ServingInput } from './serving-input.ts'
import { firstTokenTerms } from './serving-terms.ts'
import { SpeedResult, speedAnswer, speedSources } from './speed-answer.ts'

export const ttft = calculation({
  id: 'ttft',
  title: 'Time to first token',
  summary: 'Mean time from sending a request to its first token, queueing included, with a band',
  formula: 'TTFT = P × (1 + min(wave, B - 1) + burst × (B - 1)) + D/2 + t₀ + wait for a place',
  input: ServingInput,
  output: SpeedResult,
  sources: speedSources,
  examples: [
    {
      title: 'Qwen3 32B on four H100, 16 requests in flight that stay in waves',
      input: {
        model: 'Qwen/Qwen3-32B',
        gpu: 'h100-sxm-80gb',
        gpuCount: 4,
        precision: 'bf16',
        inputTokens: 1024,
        outputTokens: 128,
        concurrency: 16,
        lengths: 'fixed',
      },
      value: 173,
      tolerance: 0.03,
    },
  ],
  compute: (input, facts) =>
    speedAnswer(input, facts, {
      unit: 'millisecond',
      interval: (speed) => speed.ttftMs,
      terms: ({ prediction }) => firstTokenTerms(prediction),
    }),
})
