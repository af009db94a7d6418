import { calculation } from '../calculation.ts'
import { measuredExample } from './measured-example.ts'
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
      title: 'Llama 3.1 70B in FP8 on one H200, 64 requests in flight; measured: 37.4 ms',
      input: measuredExample,
      value: 37.4,
      tolerance: 0.1,
    },
  ],
  compute: (input, facts) =>
    speedAnswer(input, facts, {
      unit: 'millisecond',
      interval: (speed) => speed.tpotMs,
      terms: ({ prediction }) => outputTokenTerms(prediction),
    }),
})
