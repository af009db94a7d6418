import type { Traffic } from '../workload/traffic.ts'
import type { OptionField } from './option-fields.ts'

/**
 * The same requests as an option's model counts them: tokens of its own tokenizer, and the reasoning that is
 * generated but not asked for. Price tiers and estimated speeds go by these.
 */
export const asCounted = (
  { tokenizerRatio = 1, hiddenReasoningRatio = 1 }: OptionField,
  traffic: Traffic,
): Traffic => ({
  ...traffic,
  inputTokensPerRequest: traffic.inputTokensPerRequest * tokenizerRatio,
  outputTokensPerRequest: traffic.outputTokensPerRequest * tokenizerRatio * hiddenReasoningRatio,
})
