import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileReader } from '../data/header-sources.ts'
import { wholeText } from '../model/format.ts'
import type { ByteReader } from '../model/header/byte-reader.ts'
import { type HeaderSummary, headerSummary } from '../model/header/header-summary.ts'
import { refusal } from '../model/header/refusal.ts'
import { quote } from '../model/problem.ts'
import { jsonOption, unreadable } from './json-option.ts'
import { table } from './table.ts'

export const headerUsage = 'header FILE [--config JSON|@FILE] [--json]'
export const headerPurpose =
  'Parameters and bytes of a weights file from its header alone: safetensors, its index, GGUF'

/** `weights -- header FILE`: what the headers of weights state, as text or JSON. */
export async function headerAnswer(given: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { config: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return `Usage: npm run --silent weights -- ${headerUsage}\n\n${headerPurpose}.`
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0) {
    throw refusal(`header takes one file; ${positionals.length} were given.`)
  }
  const summary = await headerSummary({
    reader: await opened(path),
    open: (file) => opened(join(dirname(path), file)),
    config:
      values.config === undefined
        ? undefined
        : (jsonOption('config', 'object', values.config) as Record<string, unknown>),
  })
  return values.json ? JSON.stringify(summary, null, 2) : headerText(summary)
}

async function opened(path: string): Promise<ByteReader> {
  try {
    const found = await stat(path)
    if (found.isFile()) return await fileReader(path)
  } catch (error) {
    throw refusal(`${quote(path)} ${unreadable(error)}.`)
  }
  throw refusal(`${quote(path)} is no file.`)
}

function headerText(summary: HeaderSummary): string {
  const { format, fileCount, tensorCount, parametersByDtype, bytesByDtype, assumptions } = summary
  const rows = Object.entries(bytesByDtype).map(([dtype, bytes]) => [
    `  ${dtype}`,
    wholeText(parametersByDtype[dtype] ?? 0),
    wholeText(bytes),
  ])
  return [
    `${wholeText(summary.parameterCount)} parameters`,
    `  ${format}, files: ${fileCount}, tensors: ${tensorCount}`,
    `  ${wholeText(summary.tensorBytes)} bytes of tensors, ${wholeText(summary.fileBytes)} bytes of files`,
    ...(summary.scaleElements > 0 ? [`  ${wholeText(summary.scaleElements)} scales, not counted`] : []),
    ...(summary.bufferElements > 0 ? [`  ${wholeText(summary.bufferElements)} in buffers, not counted`] : []),
    table(['  dtype', 'parameters', 'bytes'], rows),
    ...assumptions.map(({ field, value, because }) => `  assumed ${field}: ${quote(value)} (${because})`),
  ].join('\n')
}
