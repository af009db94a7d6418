import type { Unit } from '../meta.ts'
import { outputRatioOf } from '../workload/traffic.ts'
import { type BookCell, type BookSheet, text } from './book.ts'
import { inputRows } from './option-rows.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told } from './told.ts'

const valueColumn = 1

const headings = ['What', 'Value', 'Unit', 'Name in formulas', 'Where it is from'].map((word) =>
  text(word, 'heading'),
)

/** Everything that a person may change, each under the name that formulas have for it. */
export function assumptionsSheet(told: Told, names: Map<string, string>): BookSheet {
  const { traffic, settings, options, assumptions } = told
  const sheet = new SheetWriter('Assumptions', names)
  const becauseOf = (field: string): string =>
    assumptions.find((assumption) => assumption.field === field || assumption.field === `workload.${field}`)
      ?.because ?? ''
  const input = (name: string, title: string, value: number, unit: Unit, because: string) =>
    sheet.named(
      name,
      valueColumn,
      text(title),
      { value, format: 'number', role: 'input' },
      text(unit, 'note'),
      text(name, 'note'),
      text(because, 'note'),
    )
  sheet.row(text('Assumptions: the shaded cells may be changed', 'title'))
  sheet.row()
  sheet.row(...headings)
  const traffics: readonly (readonly [keyof typeof traffic, string, Unit])[] = [
    ['tokensPerMonth', 'Tokens a month, input and output', 'token/month'],
    ['inputTokensPerRequest', 'Input tokens of a request', 'token'],
    ['outputTokensPerRequest', 'Output tokens of a request', 'token'],
    ['cachedInputRatio', 'Share of the input that a cache holds', 'ratio'],
    ['peakToMean', 'Busiest minutes over the mean', 'ratio'],
    ['activeHoursPerMonth', 'Active hours', 'hour/month'],
  ]
  for (const [name, title, unit] of traffics) input(name, title, traffic[name], unit, becauseOf(name))
  input('hoursPerMonth', 'Hours of a month', settings.hoursPerMonth, 'hour/month', 'A year has 12 of them.')
  const planned = 'Share of full speed that own hardware is counted on for in the busiest minutes'
  input('plannedUtilisation', planned, settings.plannedUtilisation, 'ratio', becauseOf('plannedUtilisation'))
  input('horizonMonths', 'Horizon', settings.horizonMonths, 'month', becauseOf('horizonMonths'))
  sheet.named(
    'outputRatio',
    valueColumn,
    text('Share of output in all tokens'),
    ratio(outputRatioOf(traffic)),
    text('ratio', 'note'),
    text('outputRatio', 'note'),
    text('Output over input and output.', 'note'),
  )
  for (const { candidate, answered, name } of options) {
    sheet.row()
    sheet.row(text(answered.name, 'heading'))
    const from = candidate.origin ? originText(candidate.origin) : ''
    for (const one of inputRows(candidate)) {
      const because = becauseOf(`options.${candidate.place}.${one.name}`)
      const isPrice = one.name.startsWith('usdPer')
      input(
        name(one.name),
        one.title,
        one.value,
        one.unit,
        because !== '' ? because : isPrice && from !== '' ? from : one.description,
      )
    }
  }
  return sheet.sheet([52, 18, 20, 34, 90])
}

const ratio = (value: number): BookCell => ({
  value,
  formula: 'outputTokensPerRequest/(inputTokensPerRequest+outputTokensPerRequest)',
  format: 'number',
  role: 'figure',
})

const originText = ({ seller, what, checkedOn }: { seller: string; what: string; checkedOn: string }) =>
  `${seller}, ${what}, checked on ${checkedOn}`
