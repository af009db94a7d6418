import type { Measurement } from './measurement.ts'

const listed = (ids: string): ReadonlySet<string> => new Set(ids.split(' '))

/** Rows that no model should be fitted to, each with its reason. */
const exclusions: readonly {
  readonly reason: string
  excludes(row: Measurement): boolean
}[] = [
  {
    reason: 'Generation stopped early; the output rate is many times the bandwidth limit.',
    excludes: ({ id }) => stoppedEarly.has(id),
  },
  {
    reason: 'The weights do not fit the GPUs that the row states.',
    excludes: ({ id }) => doesNotFit.has(id),
  },
  {
    reason: 'Concurrency or GPU count cannot be right: three times the peak.',
    excludes: ({ id }) => impossible.has(id),
  },
  { reason: 'The concurrency is unknown.', excludes: ({ id }) => unknownConcurrency.has(id) },
  {
    reason: 'Prompts were probably served from the prefix cache.',
    excludes: (row) =>
      gapAnalysis(row) &&
      row.model === 'meta-llama/Llama-3.1-8B' &&
      row.engine === 'vllm' &&
      row.engineVersion === '0.12.0' &&
      row.gpu === 'h200-sxm-141gb',
  },
  {
    reason: 'Four to eight times slower than neighbouring rows, no reason given.',
    excludes: (row) =>
      gapAnalysis(row) &&
      row.engineVersion === '1.3.0rc1' &&
      ((row.model === 'Qwen/Qwen3-32B' && row.gpu === 'gb200-186gb') ||
        (row.model === 'deepseek-ai/DeepSeek-R1' && row.gpu === 'b200-sxm-180gb')),
  },
  { reason: 'Marked as suspect by its collector.', excludes: ({ id }) => suspect.has(id) },
  { reason: 'The mean output is below four tokens.', excludes: ({ id }) => shortOutput.has(id) },
  {
    reason: 'The device or the input is ambiguous.',
    excludes: (row) =>
      (row.source === 'argonne-lcf/LLM-Inference-Bench' && /^(max-1550|mi250)-128gb$/.test(row.gpu)) ||
      (row.engine.includes('ollama') && row.precision === '') ||
      (row.source === 'ml-energy/leaderboard' && row.notes.includes('sourcegraph-fim')),
  },
]

const gapAnalysis = ({ source, notes }: Measurement): boolean =>
  source === 'ai-dynamo/aiconfigurator' && notes.includes('gap-analysis')

const stoppedEarly = listed('5049e948b9 6d6930a5a9 b47c48553e c88144073e cec7fc617f d200f44ff6')
const doesNotFit = listed(
  '01dfad9d0d 0256998ff9 1762013fcd 30fa0525fe 6199929d44 859374f9cd 8de5b8144c b70fa19f0c b923519bfc c207bba11b ceb87d4312',
)
const impossible = listed('3bbf8a4f3e 8bd6515730 95374fc851 0f8be74f76 93206c6464')
const unknownConcurrency = listed(
  '01485fa74c 097dcc488d 0d021e4484 568da75431 5d2b4d052d 5e534c5412 5ef55bb261 842b9bd5f9 8c3aa9cc7c 95f82bf47c 9fd05266ad c9a84aa54a cc3cbaaca4 d1fc9b46d1 d7052bc204 d94cc50e7a',
)
const suspect = listed('2a13c606bb d3d33dc2c6 eb9c322824 efd958830c')
const shortOutput = listed('2a039cffb2 509965e52e ffce619f5e')

/** Why a row is left out, or null where it is kept. */
export const exclusionOf = (row: Measurement): string | null =>
  exclusions.find(({ excludes }) => excludes(row))?.reason ?? null
