import { z } from 'zod'
import type { Source } from '../source.ts'

export const engines = ['vllm', 'tensorrt-llm', 'sglang'] as const
export type Engine = (typeof engines)[number]

/** The constants of step times, in seconds and shares. Each is above zero, so that classes multiply them. */
const constants = {
  /** Share of the memory bandwidth that weight reads reach. */
  memoryEfficiency: z.number().positive(),
  /** Multiplier on the bytes of the KV cache. */
  cacheTraffic: z.number().positive(),
  /** Share of the dense peak that prefill reaches; only its ratio to `interference` is well determined. */
  computeEfficiency: z.number().positive(),
  /** How much of the other requests' prefill a decoding request feels. */
  interference: z.number().positive(),
  layerSeconds: z.number().positive(),
  moeLayerSeconds: z.number().positive(),
  stepSeconds: z.number().positive(),
  sequenceSeconds: z.number().positive(),
  allReduceSeconds: z.number().positive(),
  linkEfficiency: z.number().positive(),
  /** Prefills of other requests that a request waits for where requests stay in waves. */
  wave: z.number().positive(),
  /** Mean wait behind the first burst, in prefills for each other request. */
  burst: z.number().positive(),
  /** Client, tokeniser, HTTP and the first schedule. */
  firstTokenSeconds: z.number().positive(),
  /** x of Bˣ, the independent draws of experts that a batch B is worth: real batches share experts. */
  drawExponent: z.number().positive(),
  /** Chance that a token which a draft proposes is kept, given that those before it were. */
  draftAcceptance: z.number().positive(),
}
export const StepConstants = z.strictObject(constants)
export type StepConstants = z.output<typeof StepConstants>
export type ConstantName = keyof StepConstants
const constantNames = Object.keys(constants) as ConstantName[]

/** Factors on the constants of one class, such as `engine:sglang` or `link:pcie`. */
const Factors = z.record(z.string(), z.partialRecord(z.enum(constantNames), z.number().positive()))

/** Constants that were fitted together: a base, and what each class changes. */
export interface ConstantFamily {
  readonly base: StepConstants
  readonly factors: z.output<typeof Factors>
}

/** The constants of a deployment: the base times the factors of its classes. A class nobody measured changes nothing. */
export function constantsOf({ base, factors }: ConstantFamily, classes: readonly string[]): StepConstants {
  const resolved = { ...base }
  for (const name of classes) {
    const own = factors[name]
    if (own === undefined) continue
    for (const constant of constantNames) resolved[constant] *= own[constant] ?? 1
  }
  return resolved
}

const Quantiles = z.strictObject({ p10: z.number().positive(), p90: z.number().positive() })
export type Quantiles = z.output<typeof Quantiles>

/** What of a deployment the fit has seen: the further away, the wider the band. */
export const coverages = ['series', 'deployment', 'gpu-unseen', 'model-unseen'] as const
export type Coverage = (typeof coverages)[number]

/** 10% and 90% quantiles of measured / predicted on rows outside the fit, by what the fit had not seen of them. */
const Spread = z.record(z.enum(coverages), Quantiles)
export type Spread = z.output<typeof Spread>

const fitted = {
  base: StepConstants,
  factors: Factors,
  /** Standard errors of the logarithms of what was fitted. */
  standardErrors: z.strictObject({
    base: z.partialRecord(z.enum(constantNames), z.number()),
    factors: z.record(z.string(), z.partialRecord(z.enum(constantNames), z.number())),
  }),
  /** Rows behind the fit, and the ids of the models among them. */
  rows: z.number(),
  models: z.array(z.string()),
}

/** What the constants leave over, in logarithms, by level: benchmark and engine, GPU, model and precision, layout. */
const Levels = z.record(z.string(), z.number())

/** The fit of a closed loop's two latencies. */
export const LatencyFit = z.strictObject({
  ...fitted,
  /** Releases of engines among the measurements, by engine and release, each with the first day it was measured. */
  releases: z.record(z.string(), z.iso.date()),
  levels: z.strictObject({ ttft: Levels, tpot: Levels }),
  spreads: z.strictObject({ ttft: Spread, tpot: Spread }),
})
export type LatencyFit = z.output<typeof LatencyFit>

/** The fit of one rate: output tokens a second of a full queue, or of a batch from start to end. */
export const RateFit = z.strictObject({ ...fitted, spread: Spread })
export type RateFit = z.output<typeof RateFit>

export const ThroughputConstants = z.strictObject({
  /** Day of the newest measurement behind the constants. */
  dataUntil: z.iso.date(),
  source: z.strictObject({ title: z.string(), url: z.string(), date: z.string() }),
  /** n of (xⁿ + yⁿ)^(1/n), the smooth larger of memory and compute time. */
  smoothMaximumPower: z.number().positive(),
  dense: LatencyFit,
  moe: LatencyFit,
  'latent-moe': LatencyFit,
  offline: RateFit,
  'static-batch': RateFit,
})
export type ThroughputConstants = z.output<typeof ThroughputConstants>

/** The equations' sources; the constants carry their own. */
export const equationSources: readonly Source[] = [
  {
    title: 'Roofline: Williams, Waterman, Patterson, CACM 52(4), 2009',
    url: 'https://doi.org/10.1145/1498765.1498785',
  },
  {
    title: 'Weight FLOPs 2N per token: Kaplan et al. 2020, section 2.1',
    url: 'https://arxiv.org/abs/2001.08361',
  },
  {
    title: 'Decode bytes: Pope et al. 2022, sections 2 and 3',
    url: 'https://arxiv.org/abs/2211.05102',
  },
  {
    title: 'Two all-reduces a layer under tensor parallelism: Megatron-LM, Shoeybi et al. 2019',
    url: 'https://arxiv.org/abs/1909.08053',
  },
  {
    title: 'Absorbed latent attention in decode: DeepSeek-V2, section 2.1.2 and appendix C, 2024',
    url: 'https://arxiv.org/abs/2405.04434',
  },
  {
    title:
      'All-to-all of expert parallelism, dispatch and combine: DeepSeek-V3 Technical Report, section 3.2, 2024',
    url: 'https://arxiv.org/abs/2412.19437',
  },
  {
    title:
      'Continuous batching: Orca, Yu et al., OSDI 2022; chunked prefill: Sarathi-Serve, Agrawal et al. 2024',
    url: 'https://arxiv.org/abs/2403.02310',
  },
]
