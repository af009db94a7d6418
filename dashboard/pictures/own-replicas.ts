import type { Plan } from '../../model/compare/plan.ts'

/** One replica of an own option: what it runs on, and the requests it is sized for. */
export interface Replica {
  readonly name: string
  readonly place: number
  /** As `throughput` takes it, concurrency left out. */
  readonly input: Readonly<Record<string, unknown>> & { readonly gpu: string; readonly gpuCount: number }
}

/** The replicas that the own options of an answer are made of, each GPU and size once. */
export function ownReplicas({ result: { model, asked, comparison } }: Plan): Replica[] {
  const { inputTokensPerRequest, outputTokensPerRequest } = comparison.traffic
  const replicas = comparison.options.flatMap(({ name, place, hardware }) => {
    if (!hardware) return []
    const input = {
      model,
      gpu: hardware.gpu,
      gpuCount: hardware.gpusPerReplica,
      inputTokens: inputTokensPerRequest,
      outputTokens: outputTokensPerRequest,
      ...(asked.precision !== undefined && { precision: asked.precision }),
    }
    return [{ name, place, input }]
  })
  return replicas.filter(
    ({ input }, index) =>
      replicas.findIndex((one) => one.input.gpu === input.gpu && one.input.gpuCount === input.gpuCount) ===
      index,
  )
}
