import type { Interval } from '../calculation.ts'
import type { Source } from '../source.ts'

/**
 * Model FLOPs utilisation of published training runs in 16 bits, against the dense bf16 peak of their chips.
 * DeepSeek-V3 (0.19) is left out: its figure is against the peak of fp8.
 */
const publishedUtilisation: Readonly<Record<string, number>> = {
  'StarCoder, A100': 0.2272,
  'Pythia-12b, A100': 0.2659,
  'UL2, TPU v4': 0.2993,
  'EXAONE Deep 32B, H100': 0.3156,
  'MPT-30B, H100': 0.372,
  'Code Llama-70B, A100': 0.3821,
  'Llama 3.1-405B, H100': 0.4042,
  'PLaMo-13B, A100': 0.41,
  'Llama 2-70B, A100': 0.4192,
  'InternLM-XComposer, A100': 0.4591,
  'OPT-175B, A100': 0.4712,
  'LLaMA-65B, A100': 0.4746,
  'BLOOM-176B, A100': 0.5,
  'CodeFuse-13B, A100': 0.56,
  'TinyLlama-1.1B, A100': 0.56,
}

export const utilisationSource: Source = {
  title:
    'Epoch AI (CC BY), training-cost-trends, "All ML Systems - full view.csv" @263c40a1: hardware utilization of 15 runs',
  url: 'https://github.com/epoch-research/training-cost-trends/tree/263c40a1/data',
}

/** A share of sorted values, linear between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export const publishedUtilisations: readonly number[] = Object.values(publishedUtilisation)

export const utilisationSpread: Interval = {
  p10: quantile(publishedUtilisations, 0.1),
  p50: quantile(publishedUtilisations, 0.5),
  p90: quantile(publishedUtilisations, 0.9),
}
