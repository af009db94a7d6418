import { adapterTerms } from '../adapter/adapter-methods.ts'
import { evaluate } from '../breakdown.ts'
import { checkpointStorage } from '../checkpoint/checkpoint-storage.ts'
import type { Weights } from '../facts.ts'
import { parameterFigures } from '../parameters.ts'
import { activationBytes, type Batch, logitBytes } from './activations.ts'
import { type OptimiserId, optimisers, zeroShares } from './optimisers.ts'

/** What a training run is, as far as memory goes. */
export interface MemoryAsked extends Batch {
  readonly config: Weights['config']
  readonly method: 'full' | 'lora'
  readonly rank: number
  readonly targets: string
  /** What the frozen base of an adapter is held in. */
  readonly baseFormat: 'bf16' | 'fp32' | 'nf4' | 'nf4-dq'
  readonly optimiser: OptimiserId
  readonly zeroStage: number
  readonly gpuCount: number
  /** The loss is taken over pieces of the sequence, so that its logits never stand in memory together. */
  readonly chunkedLoss: boolean
}

export interface MemoryUsed {
  readonly trainedParameters: number
  readonly baseBytes: number
  readonly weightBytes: number
  readonly gradientBytes: number
  readonly optimiserBytes: number
  readonly activationBytes: number
  readonly logitBytes: number
  readonly totalBytes: number
}

/**
 * Memory of one GPU at the height of a training step, without fragmentation and without the context of the runtime.
 *
 *   base + trained × (weights + gradients + states), each divided as ZeRO does, + activations + logits
 */
export function trainingMemory(asked: MemoryAsked): MemoryUsed {
  const { config, method, zeroStage, gpuCount } = asked
  const isFull = method === 'full'
  const { unique, vision, audio } = parameterFigures(config)
  const trained = isFull ? unique - vision - audio : evaluate(adapterTerms({ ...asked, method: 'lora' }))
  const bytes = optimisers[asked.optimiser]
  const shares = zeroShares(zeroStage, gpuCount)
  const base = isFull ? 0 : storedBytes(config, asked.baseFormat)
  const parts = {
    baseBytes: base * shares.weights,
    weightBytes: trained * bytes.weights * shares.weights,
    gradientBytes: trained * bytes.gradients * shares.gradients,
    optimiserBytes: trained * bytes.states * shares.states,
    activationBytes: activationBytes(config, asked),
    logitBytes: asked.chunkedLoss ? 0 : logitBytes(config, asked),
  }
  const totalBytes = Object.values(parts).reduce((sum, part) => sum + part, 0)
  return { trainedParameters: trained, ...parts, totalBytes }
}

const storedBytes = (config: Weights['config'], format: MemoryAsked['baseFormat']): number =>
  checkpointStorage({ config, asked: format }).stored.reduce((sum, { bytes }) => sum + bytes, 0)
