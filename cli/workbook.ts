/**
 * `npm run workbook -- FILE.xlsx [--input JSON|@FILE] [--dialect plain|excel|calc]`: a comparison as a workbook whose formulas are
 * live. Exit code 2 and a sentence for bad input.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { xlsxOf } from '../addin/workbook/xlsx.ts'
import { sampleTrace } from '../data/sample-trace/sample-trace.ts'
import { answer, prepare } from '../model/calculation.ts'
import { compare } from '../model/compare/compare.ts'
import { plan } from '../model/compare/plan.ts'
import { InputProblem, invalid, quote } from '../model/problem.ts'
import { comparisonBook } from '../model/workbook/comparison-book.ts'
import { dialects } from '../model/workbook/dialect.ts'
import { profileOf } from '../model/workload/profile.ts'
import { currentFacts } from './facts.ts'

const badInput = 2

const help = `Usage: npm run --silent workbook -- FILE.xlsx [--input JSON|@FILE] [--dialect ${dialects.join('|')}]

A comparison as a workbook whose formulas are live: assumptions, lines, monthly cash, sources, checks.

  --input     the input of \`plan\`, or of \`compare\` where it has options; without it the shipped sample
  --dialect   plain needs nothing installed; excel and calc call the functions of the add-in or the extension`

async function main(given: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      dialect: { type: 'string', default: 'plain' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [path, ...others] = positionals
  if (values.help) {
    console.log(help)
    return 0
  }
  if (path === undefined || others.length > 0) {
    throw invalid('file', `workbook takes the name of one file to write; ${positionals.length} were given.`)
  }
  const dialect = dialects.find((one) => one === values.dialect)
  if (!dialect) {
    throw invalid(
      'dialect',
      `--dialect: ${quote(values.dialect)} is not accepted. Accepted: ${dialects.join(', ')}.`,
    )
  }
  const facts = currentFacts()
  const raw = values.input === undefined ? sample : jsonOf(values.input)
  const asked =
    raw !== null && typeof raw === 'object' && 'options' in raw
      ? prepare(compare, raw).input
      : answer(plan, prepare(plan, raw), facts).result.asked
  const { plannedUtilisation, hoursPerMonth, horizonMonths, ...rest } = asked
  const settings = { plannedUtilisation, hoursPerMonth, horizonMonths }
  writeFileSync(path, await xlsxOf(comparisonBook({ ...rest, settings }, facts, dialect)))
  return 0
}

const sample = {
  model: 'meta-llama/Llama-3.3-70B-Instruct',
  workload: { from: 'profile', profile: profileOf(sampleTrace) },
}

function jsonOf(given: string): unknown {
  try {
    return JSON.parse(given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given)
  } catch (error) {
    throw invalid(
      'input',
      `--input: ${quote(given)} cannot be read as JSON (${error instanceof Error ? error.message : error}).`,
    )
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (problem) {
  if (!(problem instanceof InputProblem) && !(problem instanceof TypeError && 'code' in problem))
    throw problem
  console.error(problem.message)
  process.exitCode = badInput
}
