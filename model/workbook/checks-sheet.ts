import { type BookSheet, text } from './book.ts'
import { bare } from './lines-sheet.ts'
import { lineRows } from './option-rows.ts'
import { SheetWriter } from './sheet-writer.ts'
import type { Told, ToldOption } from './told.ts'

/** Conditions that hold whatever is typed into the assumptions, or that say that something is not acceptable. */
export function checksSheet(told: Told, names: Map<string, string>): BookSheet {
  const sheet = new SheetWriter('Checks', names)
  sheet.row(text('Checks: every one must say OK', 'title'))
  sheet.row()
  sheet.row(text('What must hold', 'heading'), text('Holds', 'heading'))
  const firstRow = sheet.nextRow
  for (const [what, condition] of conditions(told)) {
    sheet.row(text(what), {
      value: 'OK',
      formula: `IF(${condition},"OK","NO")`,
      format: 'text',
      role: 'result',
    })
  }
  names.set('checks', `'Checks'!$B$${firstRow + 1}:$B$${sheet.nextRow}`)
  return sheet.sheet([80, 12])
}

function conditions({ options, dialect }: Told): (readonly [string, string])[] {
  const totals = options.map(({ name }) => name('usdPerMonth'))
  return [
    ['Tokens a month are at least one', 'tokensPerMonth>=1'],
    ['Planned utilisation is above 0 and at most 1', 'AND(plannedUtilisation>0,plannedUtilisation<=1)'],
    ['The cached share is from 0 to 1', 'AND(cachedInputRatio>=0,cachedInputRatio<=1)'],
    ['The busiest minutes are no quieter than the mean', 'peakToMean>=1'],
    ['Active hours fit in the month', 'AND(activeHoursPerMonth>0,activeHoursPerMonth<=hoursPerMonth)'],
    ...options.flatMap((option): (readonly [string, string])[] => {
      const { answered, name, candidate } = option
      const lines = lineRows(candidate, { own: name, dialect }).map((row) => name(`${bare(row.name)}Usd`))
      const sum = `ABS(SUM(${lines.join(',')})-${name('usdPerMonth')})<=1E-9*MAX(1,${name('usdPerMonth')})`
      return [
        [`${answered.name}: the lines add up to the total`, sum],
        [`${answered.name}: no line is negative`, `MIN(${lines.join(',')})>=0`],
        ...capacityConditions(option),
      ]
    }),
    [
      'The cheapest is no dearer than any other',
      totals.length === 0 ? 'TRUE' : `cheapestUsdPerMonth=MIN(${totals.join(',')})`,
    ],
  ]
}

function capacityConditions({ answered, candidate, name }: ToldOption): (readonly [string, string])[] {
  if (candidate.option.kind === 'token-api') return []
  const carried = `${name('unitTokens')}*${name('gpuCount')}/${name('gpusPerUnit')}`
  return [
    [`${answered.name}: the hardware carries the busiest minutes`, `${carried}>=tokensPerMonth`],
    [`${answered.name}: GPUs come whole`, `${name('gpuCount')}=INT(${name('gpuCount')})`],
  ]
}
