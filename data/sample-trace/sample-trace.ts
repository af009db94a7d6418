import type { Trace } from '../../model/workload/trace.ts'
import recorded from './azure-llm-2023-conversation.json' with { type: 'json' }

/**
 * Five minutes of requests to a conversation service, for anyone who has no trace at hand.
 *
 * @see Azure/AzurePublicDataset, CC-BY 4.0; Patel et al., "Splitwise", ISCA 2024.
 */
export const sampleTrace: Trace = {
  startedAt: recorded.startedAt,
  seconds: recorded.seconds,
  inputTokens: recorded.inputTokens,
  outputTokens: recorded.outputTokens,
  cachedInputTokens: null,
}

export const sampleTraceTitle = `${recorded.title} (${recorded.source}, ${recorded.licence})`
