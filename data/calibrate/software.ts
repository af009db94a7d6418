import type { Measurement } from './measurement.ts'

/**
 * The release of the engine that a row was measured with: major and minor version, or else the month of the
 * measurement, since half of the rows state no version, and nightly builds none that means anything.
 */
export function releaseOf({ engineVersion, sourceDate }: Measurement): string | null {
  const version = /^\d+\.\d+/.exec(engineVersion)?.[0]
  if (version !== undefined) return version
  return sourceDate === '' ? null : sourceDate.slice(0, 'yyyy-mm'.length)
}

/**
 * Tokens that a row's engine drafts for each step, which no column says.
 *
 * InferenceX ran DeepSeek-R1 on TensorRT-LLM with and without multi-token prediction. The runs with it are those of
 * image 1.1.0rc2.post2 from the day its first sweep was published (2026-01-14; the runs of December and of the 28th are without)
 * and of image 1.2.0rc6.post3, which the runs without it never used. Their scripts draft three tokens, and one where
 * attention is data-parallel. Pairs of rows that differ in nothing else differ in TPOT by up to 2.3 times.
 *
 * @see SemiAnalysisAI/InferenceX pull request 392 (adds dsr1-*-trt-mtp); benchmarks/dsr1_fp8_b200_trt_mtp_slurm.sh
 *   @40be3a4b (MTP=3, or 1 with DP_ATTENTION).
 */
export function draftTokensOf(row: Measurement): number {
  const drafts =
    row.model === 'deepseek-ai/DeepSeek-R1' &&
    row.engine === 'tensorrt-llm' &&
    (row.engineVersion === '1.2.0rc6.post3' ||
      (row.engineVersion === '1.1.0rc2.post2' && row.sourceDate === '2026-01-14'))
  if (!drafts) return 0
  return (row.dataParallel ?? 1) > 1 ? 1 : 3
}
