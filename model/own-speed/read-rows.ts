import { invalid } from '../problem.ts'
import { checkedRow, type OwnRow } from './own-row.ts'
import { guidellm } from './readers/guidellm.ts'
import { perfExport } from './readers/perf-export.ts'
import { smallCsv } from './readers/small-csv.ts'
import { vllmBench } from './readers/vllm-bench.ts'
import { vllmMetrics } from './readers/vllm-metrics.ts'

const jsonReaders = [vllmBench, guidellm, perfExport]

/**
 * The runs in the results of a tool: which one is told from what stands in them.
 *
 * @throws InputProblem for a text that is of no known tool, and for numbers that no run can have.
 */
export function readRows(text: string, path: string): readonly OwnRow[] {
  if (text.trim() === '') throw invalid(path, `${path}: the text is empty; accepted are ${accepted}.`)
  const value = /^\s*[{[]/.test(text) ? parsed(text, path) : undefined
  const rows = value === undefined ? (vllmMetrics(text, path) ?? smallCsv(text, path)) : jsonRows(value, path)
  return rows.map(checkedRow)
}

const accepted =
  'a scrape of vLLM /metrics, results of vLLM bench serve, GuideLLM, AIPerf or genai-perf, and a small CSV'

function jsonRows(value: unknown, path: string): readonly OwnRow[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => jsonRows(one, `${path}.${index}`))
  for (const reader of jsonReaders) {
    const rows = reader(value, path)
    if (rows) return rows
  }
  throw invalid(path, `${path}: this JSON is the result of no known tool; accepted are ${accepted}.`)
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(path, `${path}: this begins like JSON and is none; accepted are ${accepted}.`)
  }
}
