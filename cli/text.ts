import type { Term } from '../model/breakdown.ts'
import type { Answer, Calculation, CellValue } from '../model/calculation.ts'
import { boundsText } from '../model/field-bounds.ts'
import { excelName, type Field, fieldsOf, positionalFields } from '../model/fields.ts'
import { figureText } from '../model/format.ts'
import type { Unit } from '../model/meta.ts'
import { quote } from '../model/problem.ts'
import { headerPurpose, headerUsage } from './header.ts'

/** Every calculation with its arguments, as `--help` shows it. */
export function catalogHelp(catalog: readonly Calculation[]): string {
  const usages = catalog.map((calculation) => [usage(calculation), calculation.summary] as const)
  return [
    'Usage: npm run --silent weights -- CALCULATION [ARGUMENT…] [--FIELD VALUE…] [--json]',
    '',
    ...usages.map(([text, summary]) => `  ${text}\n      ${summary}`),
    `  ${headerUsage}\n      ${headerPurpose}`,
    '',
    'Text shows whole numbers in full and others to six digits; --json shows every digit.',
    'A field that is an object or a list takes JSON, or @FILE for a file that holds it: --config @config.json',
    'weights CALCULATION --help shows fields, units and bounds. Exit code 2: something given is not accepted.',
  ].join('\n')
}

const usage = (calculation: Calculation): string =>
  [calculation.id, ...positionalFields(calculation).map((field) => argument(field))].join(' ')

const argument = (field: Field): string =>
  field.required || field.requiredUnless !== undefined ? field.name : `[${field.name}]`

/** One calculation: what it is, its formula, its fields and its examples. */
export function calculationHelp(calculation: Calculation): string {
  return [
    `${calculation.title}: ${calculation.summary}.`,
    '',
    `  weights ${usage(calculation)}`,
    ...(calculation.sheet === false ? [] : [`  =WEIGHTS.${excelName(calculation.id)}(…)`]),
    '',
    `Formula: ${calculation.formula}`,
    '',
    'Fields:',
    ...fieldsOf(calculation).map(fieldLine),
    '',
    'Examples (input, value):',
    ...calculation.examples.map(({ input, value }) => `  ${JSON.stringify(input)}  ${valueText(value)}`),
  ].join('\n')
}

function fieldLine(field: Field): string {
  const facts = [
    field.unit,
    field.required
      ? 'required'
      : field.default === undefined
        ? 'optional'
        : `default ${quote(field.default)}`,
    boundsText(field),
    field.options && `one of ${field.options.join(' ')}`,
  ].filter((fact) => fact !== undefined)
  return `  --${field.name}  ${field.description || field.title} (${facts.join('; ')})`
}

/**
 * The value, the terms that make it, what was assumed and where it comes from, as a person reads it. Every digit is in
 * `--json`, and in `?format=text` of the API, which must equal a cell.
 */
export function answerText(answered: Answer): string {
  const { interval } = answered
  return [
    `${valueText(answered.value)}${unitText(answered.unit)}`,
    ...(interval
      ? [
          `  P10 ${figureText(interval.p10)}, P50 ${figureText(interval.p50)}, P90 ${figureText(interval.p90)}`,
        ]
      : []),
    ...answered.breakdown.flatMap((term, index) => termLines(term, index, 1)),
    ...answered.assumptions.map(
      ({ field, value, unit, because }) =>
        `  assumed ${field}: ${typeof value === 'number' ? figureText(value) : JSON.stringify(value)}${unitText(unit)} (${because})`,
    ),
    ...answered.sources.map(({ title, date }) => `  source ${title}${date ? ` (${date})` : ''}`),
    `  data ${answered.dataset.version}${answered.dataset.pricesAsOf ? `, prices as of ${answered.dataset.pricesAsOf}` : ''}`,
  ].join('\n')
}

const valueText = (value: CellValue): string =>
  value === null ? 'unknown' : typeof value === 'number' ? figureText(value) : String(value)
const unitText = (unit: Unit | null): string => (unit === null ? '' : ` ${unit}`)

function termLines(term: Term, index: number, depth: number): string[] {
  const indent = '  '.repeat(depth)
  const operator = index === 0 ? '' : `${term.operator} `
  return [
    `${indent}${operator}${term.name}: ${figureText(term.value)} ${term.unit}`,
    ...(term.terms ?? []).flatMap((inner, innerIndex) => termLines(inner, innerIndex, depth + 1)),
  ]
}
