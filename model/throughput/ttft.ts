import { calculation } from '../calculation.ts'
import { measuredExample } from './measured-example.ts'
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
      title: 'Llama 3.1 70B in FP8 on one H200, 64 requests in flight; measured: 730 ms',
      input: measuredExample,
      value: 730,
      tolerance: 0.3,
    },
  ],
  compute: (input, facts) =>
    speedAnswer(input, facts, {
      unit: 'millisecond',
      interval: (speed) => speed.ttftMs,
      terms: ({ prediction }) => firstTokenTerms(prediction),
    }),
})
