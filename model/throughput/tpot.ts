import { calculation } from '../calculation.ts'
import { ServingInput } from './serving-input.ts'
import { outputTokenTerms } from './serving-terms.ts'
import { SpeedResult, speedAnswer, speedSources } from './speed-answer.ts'

export const tpot = calculation({
  id: 'tpot',
  title: 'Time per output token',
  summary: "Mean time between a request's output tokens, other requests' prompts included, with a band",
  formula: 'TPOT = D(B) + max(interference × B × P - TTFT, 0) / outputTokens',
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
      value: 14.35,
      tolerance: 0.03,
    },
  ],
  compute: (input, facts) =>
    speedAnswer(input, facts, {
      unit: 'millisecond',
      interval: (speed) => speed.tpotMs,
      terms: ({ prediction }) => outputTokenTerms(prediction),
    }),
})
