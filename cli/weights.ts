/**
 * `npm run --silent weights -- memory 70e9 int4`: any calculation of the catalog, by position as in a cell or by
 * name. Exit code 2 and a sentence for bad input.
 */
import { parseArgs } from 'node:util'
import { answer, type Calculation, prepare } from '../model/calculation.ts'
import { calculationOf, catalog } from '../model/catalog.ts'
import { type Field, fieldsOf, fromText, positionalFields } from '../model/fields.ts'
import { didYouMean, InputProblem, quote } from '../model/problem.ts'
import { currentFacts } from './facts.ts'
import { headerAnswer, headerUsage } from './header.ts'
import { jsonOption } from './json-option.ts'
import { answerText, calculationHelp, catalogHelp } from './text.ts'

const badInput = 2

async function main(arguments_: readonly string[]): Promise<number> {
  const [id, ...rest] = arguments_
  if (id === undefined || id === '--help' || id === '-h') {
    console.log(catalogHelp(catalog))
    return id === undefined ? badInput : 0
  }
  if (id.toLowerCase() === 'header') return header(rest)
  const calculation = calculationOf(id.toLowerCase())
  if (!calculation) {
    const ids = ['header', ...catalog.map((known) => known.id)]
    return refuse(`There is no calculation ${quote(id)}.${didYouMean(id, ids)} --help lists them all.`)
  }
  try {
    return run(calculation, rest)
  } catch (error) {
    if (error instanceof InputProblem) return refuse(error.message)
    if (isParseError(error)) return refuse(optionProblem(calculation, error))
    throw error
  }
}

async function header(arguments_: readonly string[]): Promise<number> {
  try {
    console.log(await headerAnswer(arguments_))
    return 0
  } catch (error) {
    if (error instanceof InputProblem) return refuse(error.message)
    if (isParseError(error)) return refuse(`${error.message.split('. ')[0]}. Accepted: ${headerUsage}.`)
    throw error
  }
}

function run(calculation: Calculation, arguments_: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: negativesAsPositionals(arguments_),
    allowPositionals: true,
    options: {
      ...Object.fromEntries(fieldsOf(calculation).map(({ name }) => [name, { type: 'string' as const }])),
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(calculationHelp(calculation))
    return 0
  }
  const { json, ...named } = values
  const input = { ...byPosition(calculation, positionals), ...byName(calculation, named) }
  const answered = answer(calculation, prepare(calculation, input), currentFacts())
  console.log(json ? JSON.stringify(answered, null, 2) : answerText(answered))
  return 0
}

function byPosition(calculation: Calculation, texts: readonly string[]): Record<string, unknown> {
  const fields = positionalFields(calculation)
  if (texts.length > fields.length) {
    const names = fields.map(({ name }) => name).join(', ')
    throw new InputProblem([
      {
        pointer: '#',
        detail: `${calculation.id} takes at most ${fields.length} arguments (${names}); ${texts.length} were given.`,
        kind: 'invalid',
      },
    ])
  }
  return Object.fromEntries(texts.map((text, index) => named(fields[index] as Field, text)))
}

function byName(calculation: Calculation, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(calculation)
      .filter(({ name }) => typeof values[name] === 'string')
      .map((field) => named(field, String(values[field.name]))),
  )
}

const named = ({ type, ...field }: Field, text: string): [string, unknown] => [
  field.name,
  type === 'object' || type === 'array'
    ? jsonOption(field.name, type, text)
    : fromText({ type, ...field }, text),
]

/** A lone `-5` is a value here, never an option. */
const negativesAsPositionals = (arguments_: readonly string[]): string[] => {
  const first = arguments_.findIndex((text) => /^-\.?\d/.test(text))
  return first < 0 ? [...arguments_] : [...arguments_.slice(0, first), '--', ...arguments_.slice(first)]
}

const isParseError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

function optionProblem(calculation: Calculation, error: Error): string {
  const option = /'-{1,2}([^\s'=]+)/.exec(error.message)?.[1] ?? ''
  const names = fieldsOf(calculation).map(({ name }) => name)
  if (names.includes(option))
    return `--${option} needs a value; write --${option}=VALUE where it begins with a hyphen.`
  return `${calculation.id} has no option ${quote(`--${option}`)}.${didYouMean(option, names)} Accepted: ${names.join(', ')}.`
}

function refuse(sentence: string): number {
  console.error(sentence)
  return badInput
}

process.exitCode = await main(process.argv.slice(2))
