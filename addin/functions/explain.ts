import type { Term } from '../../model/breakdown.ts'
import type { Answer } from '../../model/calculation.ts'
import { answerTo } from './calculate.ts'
import { calculationArgument, repeatedArguments } from './calculation-argument.ts'
import { inputOf } from './input.ts'
import type { CellContent, SheetFunction } from './sheet-function.ts'

type Row = readonly CellContent[]

/** `=WEIGHTS.EXPLAIN("memory",70e9,"int4")`: the terms, assumptions and sources behind a number. */
export const explain: SheetFunction = {
  name: 'EXPLAIN',
  description: 'The terms that make a value, what was assumed, and the sources with their dates',
  parameters: [calculationArgument, repeatedArguments],
  spills: true,
  asks: true,
  example: ['memory', 70e9, 'int4'],
  evaluate: ([name, ...cells], surroundings) => {
    const calculation = calculationArgument.calculation(name)
    const answered = answerTo(
      calculation,
      inputOf(calculation, cells.map(repeatedArguments.cell)),
      surroundings,
    )
    return answered instanceof Promise ? answered.then(explanation) : explanation(answered)
  },
}

const heading: Row = ['What', 'How', 'Value', 'Unit', 'Why or where from', 'Date']

/** An answer as rows: the value, its terms with the inner ones indented, assumptions, sources, the data it rests on. */
function explanation({
  id,
  value,
  unit,
  breakdown,
  assumptions,
  sources,
  interval,
  dataset,
}: Answer): readonly Row[] {
  return [
    heading,
    [id, 'result', value ?? 'unknown', unit ?? '', '', ''],
    ...breakdown.flatMap((term, index) => termRows(term, index, 0)),
    ...Object.entries(interval ?? {}).map(([name, bound]): Row => [name, 'band', bound, unit ?? '', '', '']),
    ...assumptions.map(
      (one): Row => [
        one.field,
        'assumed',
        shown(one.value),
        one.unit ?? '',
        one.because,
        one.source?.date ?? '',
      ],
    ),
    ...sources.map(({ title, url, date }): Row => [title, 'source', '', '', url ?? '', date ?? '']),
    ['dataset', 'data', dataset.version, '', '', ''],
    ...(dataset.pricesAsOf === null ? [] : [['prices', 'data', '', '', 'as of', dataset.pricesAsOf]]),
  ]
}

function termRows(term: Term, index: number, depth: number): readonly Row[] {
  const name = `${'\u2003'.repeat(depth)}${term.name}`
  const own: Row = [name, index === 0 ? 'start' : term.operator, term.value, term.unit, term.note ?? '', '']
  return [own, ...(term.terms ?? []).flatMap((inner, place) => termRows(inner, place, depth + 1))]
}

const shown = (value: unknown): string | number | boolean =>
  typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : value === null || value === undefined
      ? 'unknown'
      : JSON.stringify(value)
