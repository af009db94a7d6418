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

/** The same traffic said in another way, so that nobody starts from an empty form. */
export function saidAs(from: string, { result: { comparison } }: Plan): WorkloadDraft {
  const { tokensPerMonth, requestsPerMonth, ...traffic } = comparison.traffic
  const shape = {
    inputTokensPerRequest: Math.round(traffic.inputTokensPerRequest),
    outputTokensPerRequest: Math.round(traffic.outputTokensPerRequest),
    ...(traffic.cachedInputRatio > 0 && { cachedInputRatio: traffic.cachedInputRatio }),
  }
  switch (from) {
    case 'tokens':
      return { from, tokensPerMonth: Math.round(tokensPerMonth), ...shape }
    case 'requests':
      return { from, requestsPerMonth: Math.round(requestsPerMonth), ...shape }
    default:
      return { from, people: 1000, requestsPerPersonPerDay: 20, ...shape }
  }
}
