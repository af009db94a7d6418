import { z } from 'zod'
import type { Source } from '../source.ts'

export const engines = ['vllm', 'tensorrt-llm', 'sglang'] as const
export type Engine = (typeof engines)[number]

/** The constants of one kind of model, in seconds, bytes and shares. */
export const StepConstants = z.strictObject({
  /** Share of the memory bandwidth that weight reads reach. */
  memoryEfficiency: z.number().positive(),
  /** Multiplier on the bytes of the KV cache. */
  cacheTraffic: z.number().positive(),
  /** Share of the dense peak that prefill reaches; only its ratio to `interference` is well determined. */
  computeEfficiency: z.number().positive(),
  /** How much of the other requests' prefill a decoding request feels. */
  interference: z.number().positive(),
  layerSeconds: z.number().nonnegative(),
  moeLayerSeconds: z.number().nonnegative(),
  stepSeconds: z.number().nonnegative(),
  sequenceSeconds: z.number().nonnegative(),
  allReduceSeconds: z.strictObject({ switched: z.number(), pcie: z.number() }),
  linkEfficiency: z.number().positive(),
  /** Prefills of other requests that a request waits for where lengths are fixed and requests stay in waves. */
  wave: z.record(z.enum(engines), z.number().nonnegative()),
  /** Mean wait behind the first burst, in prefills for each other request. */
  burst: z.number().nonnegative(),
  /** Client, tokeniser, HTTP and the first schedule. */
  firstTokenSeconds: z.number().nonnegative(),
})
export type StepConstants = z.output<typeof StepConstants>

const Quantiles = z.strictObject({ p10: z.number().positive(), p90: z.number().positive() })
export type Quantiles = z.output<typeof Quantiles>

/** What of a deployment the fit has seen: the further away, the wider the band. */
export const coverages = ['series', 'deployment', 'gpu-unseen', 'model-unseen'] as const
export type Coverage = (typeof coverages)[number]

/** 10% and 90% quantiles of measured / predicted on rows outside the fit. */
const Spread = z.record(z.enum(coverages), Quantiles)

export const ThroughputConstants = z.strictObject({
  fittedOn: z.iso.date(),
  source: z.strictObject({ title: z.string(), url: z.string(), date: z.string() }),
  kinds: z.strictObject({ dense: StepConstants, moe: StepConstants, 'latent-moe': StepConstants }),
  /** Share of `wave` that is left where lengths vary, so that requests do not stay in step. */
  waveShareWithVaryingLengths: z.number(),
  /** n of (xⁿ + yⁿ)^(1/n), the smooth larger of memory and compute time. */
  smoothMaximumPower: z.number().positive(),
  spreads: z.strictObject({
    tpot: z.strictObject({ dense: Spread, moe: Spread }),
    ttft: z.strictObject({ dense: Spread, moe: Spread }),
    offline: Spread,
    static: Spread,
  }),
  seen: z.strictObject({ models: z.array(z.string()), gpus: z.array(z.string()) }),
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
    title:
      'Continuous batching: Orca, Yu et al., OSDI 2022; chunked prefill: Sarathi-Serve, Agrawal et al. 2024',
    url: 'https://arxiv.org/abs/2403.02310',
  },
]
