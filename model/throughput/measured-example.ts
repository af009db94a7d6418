/** One published run, of which all three calculations show their part: 730 ms to the first token, 37.4 ms for each further one. */
export const measuredExample = {
  model: 'meta-llama/Llama-3.1-70B',
  gpu: 'h200-sxm-141gb',
  gpuCount: 1,
  precision: 'fp8',
  inputTokens: 921.6,
  outputTokens: 921.6,
  concurrency: 64,
} as const
