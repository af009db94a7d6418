import { adapter } from './adapter/adapter.ts'
import { bits } from './bits.ts'
import { blendedPrice } from './blended-price.ts'
import type { Calculation } from './calculation.ts'
import { capacity } from './capacity/capacity.ts'
import { checkpoint } from './checkpoint/checkpoint.ts'
import { compare } from './compare/compare.ts'
import { plan } from './compare/plan.ts'
import { energy } from './energy/energy.ts'
import { businessCase } from './finance/business-case.ts'
import { explain } from './finance/explain/explain.ts'
import { availability } from './finance/mix/availability.ts'
import { bestMix } from './finance/mix/best-mix.ts'
import { commitment } from './finance/mix/commitment.ts'
import { gates } from './finance/mix/gates.ts'
import { packing } from './finance/mix/packing.ts'
import { tieredMix } from './finance/mix/tiered-mix.ts'
import { adaptation } from './finance/outcome/adaptation.ts'
import { evaluation } from './finance/outcome/evaluation.ts'
import { taskCost } from './finance/outcome/task-cost.ts'
import { uncertainty } from './finance/uncertainty/uncertainty.ts'
import { gpuPrice } from './gpu-price.ts'
import { gpusNeeded } from './gpus-needed.ts'
import { kvCache } from './kv-cache.ts'
import { loadCurve } from './load-curve/load-curve.ts'
import { apiCost } from './money/api-cost.ts'
import { breakEven } from './money/break-even.ts'
import { ownCost } from './money/own-cost.ts'
import { powerCost } from './money/power-cost.ts'
import { tokenCost } from './money/token-cost.ts'
import { ownSpeed } from './own-speed/own-speed.ts'
import { parameters } from './parameters-by-component.ts'
import { priceCheck } from './price-check.ts'
import { simulate } from './replay/simulate.ts'
import { fits } from './serving-memory/fits.ts'
import { servingMinimum } from './serving-memory/serving-minimum.ts'
import { throughput } from './throughput/throughput.ts'
import { tpot } from './throughput/tpot.ts'
import { ttft } from './throughput/ttft.ts'
import { tokenPrice } from './token-price.ts'
import { replacementCost } from './training/replacement-cost.ts'
import { training } from './training/training.ts'
import { memory } from './weight-memory.ts'

/** Every calculation, in the order in which people meet them. */
export const catalog: readonly Calculation[] = [
  memory,
  parameters,
  kvCache,
  bits,
  checkpoint,
  adapter,
  training,
  replacementCost,
  fits,
  servingMinimum,
  gpusNeeded,
  throughput,
  tpot,
  ttft,
  capacity,
  loadCurve,
  simulate,
  ownSpeed,
  apiCost,
  tokenCost,
  powerCost,
  energy,
  breakEven,
  ownCost,
  businessCase,
  uncertainty,
  commitment,
  bestMix,
  tieredMix,
  packing,
  availability,
  gates,
  taskCost,
  evaluation,
  adaptation,
  explain,
  compare,
  plan,
  tokenPrice,
  blendedPrice,
  gpuPrice,
  priceCheck,
]

const byId = new Map(catalog.map((calculation) => [calculation.id, calculation]))
export const calculationOf = (id: string): Calculation | undefined => byId.get(id)
