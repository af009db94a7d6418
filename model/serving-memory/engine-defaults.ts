import type { Source } from '../source.ts'
import type { GpuFigures } from '../throughput/gpu-figures.ts'
import { GiB } from '../units.ts'

/** What one engine process allows itself. */
export interface EngineLimits {
  /** Sequences that run at once: `max_num_seqs`. */
  readonly sequences: number
  /** Tokens of one step, prompts and answers together: `max_num_batched_tokens`. */
  readonly tokensPerStep: number
  /** Share of the device's memory that it fills: `gpu_memory_utilization`. */
  readonly memoryShare: number
}

export const engineLimitsSource: Source = {
  title:
    'vLLM V1: EngineArgs.get_batch_defaults and gpu_memory_utilization, docs configuration/optimization (read 2026-11-23)',
  url: 'https://docs.vllm.ai/en/latest/configuration/optimization.html',
}

export const defaultMemoryShare = 0.9
const largeDeviceBytes = 70 * GiB

/** vLLM's defaults for its API server: large devices, the A100 excepted, get a larger step and a larger batch. */
export function engineLimits(gpu: GpuFigures, memoryShare = defaultMemoryShare): EngineLimits {
  const large = gpu.memoryBytes >= largeDeviceBytes && !gpu.id.startsWith('a100')
  return large
    ? { sequences: 1024, tokensPerStep: 8192, memoryShare }
    : { sequences: 256, tokensPerStep: 2048, memoryShare }
}

/** The least that an engine can be told to allow: one sequence, and the smaller step. */
export const leastLimits = (sequences: number, memoryShare: number): EngineLimits => ({
  sequences,
  tokensPerStep: 2048,
  memoryShare,
})
