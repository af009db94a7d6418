import { gpuCountOf } from '../compare/cost.ts'
import type { OwnershipTerms } from '../money/ownership.ts'
import { type BookCell, type BookSheet, columnName, text } from './book.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told, ToldOption } from './told.ts'

const sheetName = 'Cash'
const fewestMonths = 60

/**
 * Cash paid out in each month and in all. Tokens and rent are paid as they are used. Servers are bought before the first
 * month, replaced at the end of each life, and worth their book value at the end of the horizon.
 */
export function cashSheet(told: Told, names: Map<string, string>): BookSheet {
  const { options, settings } = told
  const sheet = new SheetWriter(sheetName, names)
  const months = Math.max(fewestMonths, Math.ceil(settings.horizonMonths))
  const count = options.length
  sheet.row(text('Cash paid out by month, and in all; months beyond the horizon are empty of cost', 'title'))
  sheet.row()
  sheet.row(
    text('Month', 'heading'),
    ...options.map(({ answered }) => text(answered.name, 'heading')),
    ...options.map(({ answered }) => text(`In all: ${answered.name}`, 'heading')),
  )
  const firstRow = sheet.nextRow
  const totals = options.map(() => 0)
  for (let month = 0; month <= months; month++) {
    const row = firstRow + month
    const paid = options.map((option) => cashOf(option, month, told))
    for (const [place, usd] of paid.entries()) totals[place] = (totals[place] ?? 0) + usd
    sheet.row(
      { value: month, format: 'whole', role: 'label' },
      ...options.map((option, place) => cell(paid[place] ?? 0, cashFormula(option, `$A${row + 1}`))),
      ...options.map((_, place) => {
        const own = `${columnName(1 + place)}${row + 1}`
        const before = month === 0 ? '' : `${columnName(1 + count + place)}${row}+`
        return cell(totals[place] ?? 0, `${before}${own}`)
      }),
    )
  }
  const lastRow = firstRow + months
  for (const [place, { name }] of options.entries()) {
    const column = columnName(1 + count + place)
    names.set(name('cashInAll'), `'${sheetName}'!$${column}$${lastRow + 1}`)
  }
  const range = (column: number) => ({
    sheet: sheetName,
    fromRow: firstRow,
    fromColumn: column,
    toRow: firstRow + Math.ceil(settings.horizonMonths),
    toColumn: column,
  })
  return sheet.sheet([10, ...options.flatMap(() => [22, 22])], {
    title: 'Cash in all, USD',
    kind: 'line',
    categories: range(0),
    series: options.map(({ answered }, place) => ({ name: answered.name, values: range(1 + count + place) })),
    row: 2,
    column: 2 + 2 * count,
  })
}

const cell = (value: number, formula: string): BookCell => ({ value, formula, format: 'usd', role: 'figure' })

const end = 'ROUNDUP(horizonMonths,0)'

function cashFormula({ candidate: { option }, name }: ToldOption, month: string): string {
  const within = (formula: string): string => `IF(AND(${month}>=1,${month}<=${end}),${formula},0)`
  if (option.kind !== 'bought-servers') return within(name('usdPerMonth'))
  const [gpus, price, install] = ['gpuCount', 'usdPerGpu', 'installUsdPerGpu'].map(name)
  const [life, residual] = ['lifeMonths', 'residualRatio'].map(name)
  const running = within(`${name('powerUsd')}+${name('colocationUsd')}+${name('fixedCostsUsd')}`)
  const bought = `IF(${month}=0,${gpus}*(${price}+${install}),0)`
  const replaced = `IF(AND(${month}>0,${month}<${end},MOD(${month},${life})=0),${gpus}*(${price}*(1-${residual})+${install}),0)`
  const age = `(${end}-${life}*(ROUNDUP(${end}/${life},0)-1))`
  const lost = `(${price}*(1-${residual})+${install})/${life}*${age}`
  const left = `IF(${month}=${end},${gpus}*(${price}+${install}-${lost}),0)`
  return `${running}+${bought}+${replaced}-${left}`
}

/** The same in numbers. */
function cashOf({ candidate: { option }, answered }: ToldOption, month: number, told: Told): number {
  const { traffic, settings } = told
  const last = Math.ceil(settings.horizonMonths)
  const isWithin = month >= 1 && month <= last
  if (option.kind !== 'bought-servers') return isWithin ? answered.usdPerMonth : 0
  const gpus = gpuCountOf({ option, traffic, settings })
  const usdOf = (name: string) => answered.lines.find((line) => line.name === name)?.usd ?? 0
  const running = isWithin ? usdOf('power') + usdOf('colocation') + usdOf('fixed costs') : 0
  const bought = month === 0 ? gpus * (option.usdPerGpu + option.installUsdPerGpu) : 0
  const isReplaced = month > 0 && month < last && month % option.lifeMonths === 0
  const replaced = isReplaced
    ? gpus * (option.usdPerGpu * (1 - option.residualRatio) + option.installUsdPerGpu)
    : 0
  const left = month === last ? gpus * bookValueUsd(option, last) : 0
  return running + bought + replaced - left
}

/** All that is paid out over the horizon, what is left at its end taken off. */
export const cashInAllUsd = (option: ToldOption, told: Told): number =>
  Array.from({ length: Math.ceil(told.settings.horizonMonths) + 1 }, (_, month) =>
    cashOf(option, month, told),
  ).reduce((sum, usd) => sum + usd, 0)

/** Of one GPU after so many months, the replaced ones not counted. */
function bookValueUsd(own: OwnershipTerms, months: number): number {
  const age = months - own.lifeMonths * (Math.ceil(months / own.lifeMonths) - 1)
  const lost = ((own.usdPerGpu * (1 - own.residualRatio) + own.installUsdPerGpu) / own.lifeMonths) * age
  return own.usdPerGpu + own.installUsdPerGpu - lost
}
