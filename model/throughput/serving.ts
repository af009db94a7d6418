import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { engineLimits } from '../serving-memory/engine-defaults.ts'
import { type FittedLayout, fewestGpus, fittedLayout } from '../serving-memory/fitted-layout.ts'
import type { LatencyFit, RateFit } from './constants.ts'
import type { Reach } from './coverage.ts'
import { type EstimatedDeployment, estimatedDeployment } from './estimated-deployment.ts'
import { gpusOf, layoutName } from './layout.ts'
import { optionsOf, type ServingInput, type ServingOptions } from './serving-input.ts'
import { type ServingSubject, servingSubject } from './serving-subject.ts'

const optionDefaults = {
  kvPrecision: 'bf16',
  engine: 'vllm',
  lengths: 'uniform',
  load: 'closed-loop',
} as const

/** What the three questions about speed share: one deployment, what fits it, and how far it is from measurements. */
export interface Serving extends ServingSubject {
  readonly fitted: FittedLayout
  readonly latency: EstimatedDeployment<LatencyFit>
  /** Where the load is no closed loop: a fit of its own. */
  readonly rate: EstimatedDeployment<RateFit> | null
  readonly load: NonNullable<ServingOptions['load']>
  readonly reach: Reach
}

/** @throws InputProblem for unknown names, layouts that do not exist, and models that fit on no usual count of GPUs. */
export function servingOf(input: ServingInput, facts: Facts): Serving {
  const given = optionsOf(input)
  const options = {
    ...given,
    kvPrecision: given.kvPrecision ?? optionDefaults.kvPrecision,
    engine: given.engine ?? optionDefaults.engine,
    lengths: given.lengths ?? optionDefaults.lengths,
    load: given.load ?? optionDefaults.load,
  }
  const subject = servingSubject(input, facts)
  const { model, gpu, precision } = subject
  const question = {
    model,
    gpu,
    precision,
    cachePrecision: options.kvPrecision,
    contextTokens: input.inputTokens + input.outputTokens / 2,
    limits: engineLimits(gpu),
  }
  const fitted =
    input.gpuCount === undefined
      ? (fewestGpus(question, options) ?? fittedLayout(question, { ...options, gpuCount: 1 }))
      : fittedLayout(question, { ...options, gpuCount: input.gpuCount })
  const asked = {
    model,
    gpu,
    layout: fitted.layout,
    precision,
    cachePrecision: options.kvPrecision,
    engine: options.engine,
    lengths: options.lengths,
    facts,
  }
  const latency = estimatedDeployment({ ...asked, fit: facts.throughput[model.kind] })
  const rate =
    options.load === 'offline' || options.load === 'static-batch'
      ? estimatedDeployment({ ...asked, fit: facts.throughput[options.load] })
      : null
  const { reach } = rate ?? latency
  return {
    ...subject,
    fitted,
    latency,
    rate,
    load: options.load,
    reach,
    assumptions: [
      ...subject.assumptions,
      ...Object.entries(optionDefaults)
        .filter(([name]) => given[name as keyof ServingOptions] === undefined)
        .map(([name, value]): Assumption => ({ field: name, value, unit: null, because: 'default' })),
      ...layoutAssumptions(input, given, fitted),
      ...reach.reasons.map(
        (reason): Assumption => ({
          field: 'extrapolated',
          value: true,
          unit: null,
          because: `Extrapolated: ${reason}, so the band is the wider one of unseen hardware or models.`,
        }),
      ),
    ],
  }
}

function layoutAssumptions(
  input: ServingInput,
  given: ServingOptions,
  { layout }: FittedLayout,
): Assumption[] {
  return [
    ...(input.gpuCount === undefined
      ? [
          {
            field: 'gpuCount',
            value: gpusOf(layout),
            unit: 'GPU' as const,
            because: 'default: the fewest, of the counts that machines come in, on which a request fits',
          },
        ]
      : []),
    ...(given.tensorParallel === undefined
      ? [
          {
            field: 'layout',
            value: layoutName(layout),
            unit: null,
            because: 'default: the widest tensor parallelism inside the fast link in which it fits',
          },
        ]
      : []),
  ]
}
