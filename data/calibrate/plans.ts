import type { ConstantName, StepConstants } from '../../model/throughput/constants.ts'
import type { FitPlan } from './fit.ts'

/** Before any data: round figures, the same for every kind of model, that the data may move. */
const start: StepConstants = {
  memoryEfficiency: 0.9,
  cacheTraffic: 1.1,
  computeEfficiency: 0.55,
  interference: 1.2,
  layerSeconds: 50e-6,
  moeLayerSeconds: 50e-6,
  stepSeconds: 0.15e-3,
  sequenceSeconds: 10e-6,
  allReduceSeconds: 6e-6,
  linkEfficiency: 0.6,
  wave: 3,
  burst: 0.12,
  firstTokenSeconds: 50e-3,
  drawExponent: 0.8,
  draftAcceptance: 0.7,
}

const stepConstants: readonly ConstantName[] = [
  'memoryEfficiency',
  'cacheTraffic',
  'computeEfficiency',
  'layerSeconds',
  'stepSeconds',
  'sequenceSeconds',
  'allReduceSeconds',
  'linkEfficiency',
]
const expertConstants: readonly ConstantName[] = ['moeLayerSeconds', 'drawExponent']
const queueConstants: readonly ConstantName[] = ['interference', 'wave', 'burst', 'firstTokenSeconds']

/** Kernels of latent attention change from release to release; those of other models hardly show it. */
const releaseConstants: readonly ConstantName[] = ['layerSeconds', 'computeEfficiency', 'firstTokenSeconds']

/** Closed loops, one fit for each kind of model. TTFT scatters six times as much as TPOT, so it weighs less. */
export const closedLoopPlan = (kind: 'dense' | 'moe' | 'latent-moe'): FitPlan => ({
  start,
  free: [
    ...stepConstants,
    ...queueConstants,
    ...(kind === 'dense' ? [] : expertConstants),
    ...(kind === 'latent-moe' ? (['draftAcceptance'] as const) : []),
  ],
  classConstants: {
    engine: ['computeEfficiency', 'layerSeconds', 'sequenceSeconds', 'firstTokenSeconds', 'burst', 'wave'],
    gpu: ['memoryEfficiency', 'computeEfficiency', 'firstTokenSeconds'],
    format: ['memoryEfficiency', 'computeEfficiency'],
    release: kind === 'latent-moe' ? releaseConstants : [],
    lengths: ['computeEfficiency', 'layerSeconds', 'sequenceSeconds', 'firstTokenSeconds', 'burst', 'wave'],
  },
  factorSigma: 0.15,
  weights: [0.15, 1],
})

/** Full queues and batches from start to end: many engines and devices, one quantity. */
export const ratePlan: FitPlan = {
  start,
  free: [...stepConstants, ...expertConstants],
  classConstants: {
    kind: ['memoryEfficiency', 'computeEfficiency', 'layerSeconds'],
    benchmark: ['memoryEfficiency', 'computeEfficiency', 'layerSeconds'],
    engine: ['memoryEfficiency', 'computeEfficiency', 'layerSeconds', 'sequenceSeconds'],
    version: ['computeEfficiency', 'layerSeconds', 'memoryEfficiency'],
    parallel: ['computeEfficiency', 'layerSeconds', 'memoryEfficiency'],
    gpu: ['memoryEfficiency', 'computeEfficiency', 'layerSeconds'],
    link: ['allReduceSeconds', 'linkEfficiency'],
    format: ['memoryEfficiency', 'computeEfficiency'],
  },
  factorSigma: 0.35,
  weights: [1],
}
