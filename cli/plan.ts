/**
 * `npm run --silent plan -- --trace FILE --model ID`: rent the weights behind an API, or own a copy? The verdict
 * first, on a page for a person who has a minute. Exit code 2 and a sentence for bad input.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sampleTrace, sampleTraceTitle } from '../data/sample-trace/sample-trace.ts'
import { parseTrace } from '../data/trace.ts'
import { type Plan, type PlanQuestion, planOf } from '../model/compare/plan.ts'
import { planCsv } from '../model/compare/plan-csv.ts'
import { planMarkdown } from '../model/compare/plan-markdown.ts'
import { isoDate } from '../model/offers.ts'
import { type PrecisionId, precisionAliases, precisionIds } from '../model/precision.ts'
import { didYouMean, InputProblem, invalid, quote } from '../model/problem.ts'
import { profileOf } from '../model/workload/profile.ts'
import { Week } from '../model/workload/week.ts'
import { currentFacts } from './facts.ts'
import { planHelp } from './plan/help.ts'
import { planText } from './plan/text.ts'

const badInput = 2
const defaultModel = 'meta-llama/Llama-3.3-70B-Instruct'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  trace: text,
  model: text,
  seller: text,
  gpu: text,
  'gpu-price': text,
  'tokens-per-second': text,
  'gpus-per-replica': text,
  precision: text,
  'planned-utilisation': text,
  'horizon-months': text,
  'ttft-ms': text,
  'tpot-ms': text,
  week: text,
  'as-of': text,
  json: flag,
  csv: flag,
  markdown: flag,
  help: { type: 'boolean', short: 'h' },
} as const

function main(given: readonly string[]): number {
  try {
    const { values } = parseArgs({ args: [...given], options, allowPositionals: false })
    if (values.help) {
      console.log(planHelp(defaultModel))
      return 0
    }
    const form = formOf(values)
    const { question, traffic } = questionOf(values)
    console.log(forms[form](planOf(question, currentFacts()), traffic))
    return 0
  } catch (problem) {
    if (problem instanceof InputProblem) return refuse(problem.message)
    if (isParseProblem(problem))
      return refuse(`${problem.message.split('. ')[0]}.${suggestion(problem.message)}`)
    throw problem
  }
}

/** The page, and the other forms of it. */
const forms = {
  text: planText,
  json: (plan: Plan) => JSON.stringify(plan, null, 2),
  csv: planCsv,
  markdown: planMarkdown,
}

function formOf(values: Values): keyof typeof forms {
  const asked = (['json', 'csv', 'markdown'] as const).filter((form) => values[form] === true)
  const [form = 'text', other] = asked
  if (other === undefined) return form
  throw invalid(form, `--${form} and --${other}: one form at a time.`)
}

const isParseProblem = (problem: unknown): problem is Error =>
  problem instanceof TypeError && 'code' in problem && String(problem.code).startsWith('ERR_PARSE_ARGS')

const suggestion = (message: string): string => {
  const asked = /'--([^' ]+)/.exec(message)?.[1]
  const near = asked === undefined ? '' : didYouMean(asked, Object.keys(options))
  return `${near} --help lists every flag.`
}

function refuse(sentence: string): number {
  console.error(sentence)
  return badInput
}

type Values = { readonly [Name in keyof typeof options]?: string | boolean | undefined }

function questionOf(values: Values): { question: PlanQuestion; traffic: string } {
  const word = (name: keyof Values): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const number = (name: keyof Values, accepted: { least: number; most: number; whole?: boolean }) =>
    numberOf(name, word(name), accepted)
  const file = word('trace')
  const trace = file === undefined ? sampleTrace : parseTrace(contentsOf(file))
  const week = word('week')
  const precision = word('precision')
  const asOf = word('as-of')
  if (asOf !== undefined && !isoDate.safeParse(asOf).success) {
    throw invalid('as-of', `--as-of: ${quote(asOf)} is no day; accepted is YYYY-MM-DD.`)
  }
  return {
    traffic: file === undefined ? sampleTraceTitle : file,
    question: {
      model: word('model') ?? defaultModel,
      workload: {
        from: 'profile',
        profile: profileOf(trace),
        ...(week !== undefined && { week: weekOf(week) }),
      },
      seller: word('seller'),
      gpu: word('gpu'),
      usdPerGpuHour: number('gpu-price', { least: 0, most: 1e6 }),
      outputTokensPerSecond: number('tokens-per-second', { least: 1e-3, most: 1e9 }),
      gpusPerReplica: number('gpus-per-replica', { least: 1, most: 1e5, whole: true }),
      precision: precision === undefined ? undefined : precisionNamed(precision),
      plannedUtilisation: number('planned-utilisation', { least: 0.01, most: 1 }),
      horizonMonths: number('horizon-months', { least: 1, most: 240 }),
      ttftMs: number('ttft-ms', { least: 1e-3, most: 1e7 }),
      tpotMs: number('tpot-ms', { least: 1e-3, most: 1e7 }),
      asOf,
    },
  }
}

function contentsOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (problem) {
    const why = problem instanceof Error && 'code' in problem ? String(problem.code) : 'unknown'
    throw invalid(
      'trace',
      `--trace: ${quote(file)} cannot be read (${why}); accepted is a file of CSV or JSON lines.`,
    )
  }
}

function numberOf(
  name: string,
  given: string | undefined,
  { least, most, whole = false }: { least: number; most: number; whole?: boolean },
): number | undefined {
  if (given === undefined) return undefined
  const value = Number(given)
  if (given.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value)))
    return value
  const kind = whole ? 'a whole number' : 'a number'
  throw invalid(name, `--${name}: ${quote(given)} must be ${kind} from ${least} to ${most}.`)
}

function precisionNamed(given: string): PrecisionId {
  const asked = given.trim().toLowerCase()
  const known = precisionIds.find((id) => id === asked) ?? precisionAliases[asked]
  if (known) return known
  const accepted = precisionIds.join(', ')
  throw invalid(
    'precision',
    `--precision: ${quote(given)} is not accepted.${didYouMean(asked, precisionIds)} Accepted: ${accepted}.`,
  )
}

/** `Europe/Berlin 8-18 0.1 0.2`: time zone, working hours, traffic at night and at weekends. */
function weekOf(given: string): Week {
  const [, timeZone, fromHour, toHour, nightRatio, weekendRatio] =
    /^\s*(\S+)\s+(\d+)-(\d+)\s+([\d.]+)\s+([\d.]+)\s*$/.exec(given) ?? []
  const parsed = Week.safeParse({
    timeZone,
    fromHour: Number(fromHour),
    toHour: Number(toHour),
    nightRatio: Number(nightRatio),
    weekendRatio: Number(weekendRatio),
  })
  if (timeZone !== undefined && parsed.success) return parsed.data
  throw invalid(
    'week',
    `--week: ${quote(given)} is no week; accepted is a time zone, hours, and the shares of traffic at night and at weekends, such as "Europe/Berlin 8-18 0.1 0.2".`,
  )
}

process.exitCode = main(process.argv.slice(2))
