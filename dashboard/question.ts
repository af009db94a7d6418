import type { Plan } from '../model/compare/plan.ts'

/** The input of `plan` as a person is writing it: checked by the planner, not here. */
export type Draft = Readonly<Record<string, unknown>> & { readonly workload: WorkloadDraft }
export type WorkloadDraft = Readonly<Record<string, unknown>> & { readonly from: string }

/** A draft with one field set; an undefined value takes it out again. */
export function withField(draft: Draft, name: string, value: unknown): Draft {
  const { [name]: _, ...rest } = draft
  return { ...rest, workload: draft.workload, ...(value !== undefined && { [name]: value }) }
}

export function withWorkloadField(draft: Draft, name: string, value: unknown): Draft {
  const { [name]: _, ...rest } = draft.workload
  const workload = { ...rest, from: draft.workload.from, ...(value !== undefined && { [name]: value }) }
  return { ...draft, workload }
}

/** The same traffic said in another way; how many people are behind it, no trace tells. */
export function saidAs(from: string, { result: { comparison } }: Plan): WorkloadDraft {
  const {
    tokensPerMonth,
    requestsPerMonth,
    inputTokensPerRequest,
    outputTokensPerRequest,
    cachedInputRatio,
  } = comparison.traffic
  const shape = { inputTokensPerRequest, outputTokensPerRequest, cachedInputRatio }
  switch (from) {
    case 'tokens':
      return { from, tokensPerMonth, ...shape }
    case 'requests':
      return { from, requestsPerMonth, ...shape }
    default:
      return { from, ...shape }
  }
}
