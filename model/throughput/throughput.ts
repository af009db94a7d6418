import { calculation } from '../calculation.ts'
import { measuredExample } from './measured-example.ts'
import { ServingInput } from './serving-input.ts'
import { outputRateTerms } from './serving-terms.ts'
import { SpeedResult, speedAnswer, speedSources } from './speed-answer.ts'

export const throughput = calculation({
  id: 'throughput',
  title: 'Throughput',
  summary: 'Output tokens a second that a deployment makes, with its latencies, each with a band',
  formula: 'replicas × batch × outputTokens / (TTFT + outputTokens × TPOT)',
  input: ServingInput,
  output: SpeedResult,
  sources: speedSources,
  examples: [
    {
      title: 'Llama 3.1 70B in FP8 on one H200, 64 requests in flight; from the measured 730 and 37.4 ms',
      input: measuredExample,
      value: (64 * 1e3 * 921.6) / (730 + 921.6 * 37.4),
      tolerance: 0.1,
    },
  ],
  compute: (input, facts) =>
    speedAnswer(input, facts, {
      unit: 'token/second',
      interval: (speed) => speed.outputTokensPerSecond,
      terms: (speed) => outputRateTerms({ ...speed, outputTokens: input.outputTokens }),
    }),
})
