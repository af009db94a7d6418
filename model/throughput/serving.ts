import type { Assumption } from '../calculation.ts'
import type { Facts } from '../facts.ts'
import { invalid } from '../problem.ts'
import { engineLimits } from '../serving-memory/engine-defaults.ts'
import { type FittedLayout, fewestGpus, fittedLayout } from '../serving-memory/fitted-layout.ts'
import type { LatencyFit, RateFit } from './constants.ts'
import type { Reach } from './coverage.ts'
import type { Drafting } from './deployment.ts'
import { type EstimatedDeployment, estimatedDeployment } from './estimated-deployment.ts'
import { gpusOf, layoutName } from './layout.ts'
import { releaseOf } from './release.ts'
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
  /** Of the whole deployment; null where the load is no open loop. */
  readonly requestsPerSecond: number | null
  readonly lengths: NonNullable<ServingOptions['lengths']>
  readonly cachedInputRatio: number
  readonly reach: Reach
}

/** @throws InputProblem for unknown names, layouts that do not exist, and models that fit on no usual count of GPUs. */
export function servingOf(input: ServingInput, facts: Facts): Serving {
  const given = optionsOf(input)
  refuseWhatNoFitCovers(given)
  const options = {
    ...given,
    kvPrecision: given.kvPrecision ?? optionDefaults.kvPrecision,
    engine: given.engine ?? optionDefaults.engine,
    lengths: given.lengths ?? optionDefaults.lengths,
    load: given.load ?? (given.requestsPerSecond === undefined ? optionDefaults.load : 'open-loop'),
  }
  const requestsPerSecond = rateOf(options)
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
    // Lengths as wide as a trace's keep no waves, as those that vary a little.
    lengths: options.lengths === 'fixed' ? ('fixed' as const) : ('uniform' as const),
    facts,
  }
  const fit = facts.throughput[model.kind]
  const { engineVersion, softwareDate } = options
  const { release, assumptions: releaseAssumptions } = releaseOf({
    engine: options.engine,
    engineVersion,
    softwareDate,
    fit,
  })
  const drafting = draftingOf(options, model.kind)
  checkExpertParallel(options.expertParallel, fitted.layout, model.expertCount)
  const latency = estimatedDeployment({ ...asked, fit, release, drafting })
  const rate =
    options.load === 'offline' || options.load === 'static-batch'
      ? estimatedDeployment({ ...asked, fit: facts.throughput[options.load], drafting })
      : null
  const { reach } = rate ?? latency
  return {
    ...subject,
    fitted,
    latency,
    rate,
    load: options.load,
    requestsPerSecond,
    lengths: options.lengths,
    cachedInputRatio: options.cachedInputRatio ?? 0,
    reach,
    assumptions: [
      ...subject.assumptions,
      ...Object.entries(optionDefaults)
        .filter(([name]) => given[name as keyof ServingOptions] === undefined)
        .map(([name, value]): Assumption => ({ field: name, value, unit: null, because: 'default' })),
      ...layoutAssumptions(input, given, fitted),
      ...releaseAssumptions,
      ...stated(options),
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

/** @throws InputProblem for ways of serving that are in no fit, with what is known of each. */
function refuseWhatNoFitCovers({ disaggregated, adapters = 0 }: ServingOptions): void {
  if (disaggregated) {
    throw invalid(
      'disaggregated',
      'disaggregated: true is not answered: repeats of published runs differ by a median 26%, so no fit covers them.',
    )
  }
  if (adapters > 0) {
    throw invalid(
      'adapters',
      `adapters: ${adapters} is not answered: no published measurement has adapters in its batch.`,
    )
  }
}

/** @throws InputProblem for a rate without an open loop, and an open loop without a rate. */
function rateOf({
  load,
  requestsPerSecond,
}: Pick<ServingOptions, 'load' | 'requestsPerSecond'>): number | null {
  if (load !== 'open-loop') {
    if (requestsPerSecond === undefined) return null
    throw invalid(
      'requestsPerSecond',
      `requestsPerSecond: ${requestsPerSecond} goes with load open-loop; in ${load} the rate follows from the concurrency.`,
    )
  }
  if (requestsPerSecond !== undefined) return requestsPerSecond
  throw invalid('requestsPerSecond', 'requestsPerSecond: an open loop needs the rate at which requests come.')
}

/**
 * @throws InputProblem where tokens are drafted and nobody says how many of them are kept: that depends on the draft
 *   and on the text. Of latent-attention models with a layer for further tokens there are measurements.
 */
function draftingOf({ draftTokens = 0, draftAcceptance }: ServingOptions, kind: string): Drafting {
  if (draftTokens > 0 && draftAcceptance === undefined && kind !== 'latent-moe') {
    throw invalid(
      'draftAcceptance',
      `draftAcceptance: ${draftTokens} draft tokens need the chance that one is kept; it was measured for latent-attention models only.`,
    )
  }
  return { draftTokens, acceptance: draftAcceptance ?? null }
}

/** @throws InputProblem for experts that do not exist, or do not spread evenly. */
function checkExpertParallel(
  degree: number | undefined,
  { tensorParallel, dataParallel }: FittedLayout['layout'],
  expertCount: number,
): void {
  if (degree === undefined || degree === 1) return
  const group = tensorParallel * dataParallel
  if (expertCount === 0) {
    throw invalid('expertParallel', `expertParallel: ${degree} needs experts, and this model has none.`)
  }
  if (group % degree !== 0 || expertCount % degree !== 0) {
    throw invalid(
      'expertParallel',
      `expertParallel: ${degree} must divide the ${group} GPUs of a stage and the ${expertCount} experts.`,
    )
  }
}

const leviathan = {
  title: 'Fast Inference from Transformers via Speculative Decoding, equation 1 (2022)',
  url: 'https://arxiv.org/abs/2211.17192',
}
const radix = {
  title: 'SGLang: prefixes kept in a radix tree need no second prefill (2023)',
  url: 'https://arxiv.org/abs/2312.07104',
}

/** What an answer says of factors that were stated and not fitted. */
function stated({
  expertParallel = 1,
  cachedInputRatio = 0,
  draftTokens = 0,
  draftAcceptance,
  lengths,
}: ServingOptions): Assumption[] {
  const factors: (Assumption | null)[] = [
    expertParallel > 1
      ? {
          field: 'expertParallel',
          value: expertParallel,
          unit: 'GPU',
          because:
            'Experts whole or sliced: measured runs with and without differ by less than their scatter.',
        }
      : null,
    cachedInputRatio > 0
      ? {
          field: 'cachedInputRatio',
          value: cachedInputRatio,
          unit: 'ratio',
          because: 'Only the rest of a prompt is prefilled, its attention to the cached part left out.',
          source: radix,
        }
      : null,
    draftTokens > 0
      ? {
          field: 'draftTokens',
          value: draftTokens,
          unit: 'token',
          because:
            draftAcceptance === undefined
              ? 'The chance that a draft is kept is fitted to runs of DeepSeek-R1 with its own such layer.'
              : 'A draft is taken to cost one layer for each token; a draft model costs more.',
          source: leviathan,
        }
      : null,
    lengths === 'trace'
      ? {
          field: 'lengths',
          value: 'trace',
          unit: null,
          because:
            'No measurement has lengths as wide: the constants are those of lengths that vary a little, and prompts queue as exponential ones.',
        }
      : null,
  ]
  return factors.filter((factor) => factor !== null)
}
