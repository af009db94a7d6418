import { type Coverage, coverages } from '../../model/throughput/constants.ts'
import { accuracyIntroduction } from '../accuracy-introduction.ts'
import { lentTo } from './band.ts'
import type { HeldOut } from './cross-validation.ts'
import type { Family, LeftOut } from './families.ts'
import { scatter } from './scatter.ts'
import { type Score, scoreOf } from './scores.ts'

export interface Validated {
  readonly family: Family
  readonly heldOut: Readonly<Record<Coverage, readonly HeldOut[]>>
}

/** Errors of one group of rows, in per cent. */
interface Line extends Score {
  readonly name: string
}

/** One quantity of one class: its errors by what the fit had not seen, and by GPU and source where that was the series. */
interface Section {
  readonly title: string
  /** Of predicted against measured, under /static. */
  readonly picture: string
  readonly splits: readonly Line[]
  readonly groups: readonly Line[]
}

/** What the accuracy page shows, as data. */
export interface AccuracyReport {
  readonly sections: readonly Section[]
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[]
}

const splitNames: Readonly<Record<Coverage, string>> = {
  series: 'series unseen',
  deployment: 'deployment unseen',
  'gpu-unseen': 'GPU unseen',
  'model-unseen': 'model unseen',
}

const percent = (share: number): number => Number((share * 100).toFixed(1))

const lineOf = (name: string, { rows, ...score }: Score): Line => ({
  name,
  rows,
  meanAbsolute: percent(score.meanAbsolute),
  medianAbsolute: percent(score.medianAbsolute),
  p90Absolute: percent(score.p90Absolute),
  bias: percent(score.bias),
  coverage: percent(score.coverage),
})

/** The errors of predictions by fits that had not seen the row, and the pictures by file name. */
export function accuracyReport(
  validated: readonly Validated[],
  leftOut: readonly LeftOut[],
): { report: AccuracyReport; pictures: ReadonlyMap<string, string> } {
  const pictures = new Map<string, string>()
  const all = new Map(validated.map(({ family, heldOut }) => [family.name, heldOut]))
  const sections = validated.flatMap(({ family, heldOut }) =>
    family.quantities.map((quantity, index): Section => {
      const title = `${family.name}, ${quantity}`
      const picture = `${family.name}-${quantity.split(' ')[0]?.toLowerCase()}.svg`
      pictures.set(picture, scatter({ title, heldOut: heldOut.series, quantity: index }))
      const scoreOfSplit = (coverage: Coverage) =>
        scoreOf(heldOut[coverage], index, heldOut[coverage], lentTo(family.name, coverage, all))
      return {
        title,
        picture: `accuracy/${picture}`,
        splits: coverages.map((coverage) => lineOf(splitNames[coverage], scoreOfSplit(coverage))),
        groups: [
          ...grouped(heldOut.series, index, ({ observation }) => observation.row.gpu),
          ...grouped(heldOut.series, index, ({ observation }) => observation.row.source),
        ],
      }
    }),
  )
  const reasons = new Map<string, number>()
  for (const { reason } of leftOut) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const counted = [...reasons].map(([reason, rows]) => ({ reason, rows }))
  return {
    report: {
      sections,
      leftOut: counted.toSorted((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1)),
    },
    pictures,
  }
}

/** Fewer rows than this say nothing about a group. */
const fewestShown = 10

function grouped(heldOut: readonly HeldOut[], quantity: number, name: (row: HeldOut) => string): Line[] {
  return [...new Set(heldOut.map(name))]
    .map((group) => [group, heldOut.filter((row) => name(row) === group)] as const)
    .filter(([, rows]) => rows.length >= fewestShown)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([group, rows]) => lineOf(group, scoreOf(rows, quantity, heldOut)))
}

const tableHead = [
  '| | rows | mean | median | P90 | bias | 80% band covers |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
]
const tableLine = ({ name, rows, ...score }: Line): string => {
  const figures = [score.meanAbsolute, score.medianAbsolute, score.p90Absolute, score.bias, score.coverage]
  return `| ${name} | ${rows} | ${figures.map((figure) => figure.toFixed(1)).join(' | ')} |`
}

/** The report in Markdown, for a reader of the repository. */
export const accuracyMarkdown = ({ sections, leftOut }: AccuracyReport): string =>
  [
    '# Accuracy of predicted speed',
    '',
    `Written by \`npm run accuracy -- measurements.csv\`. ${accuracyIntroduction}`,
    '',
    ...sections.flatMap(({ title, picture, splits, groups }) => [
      `## ${title}`,
      '',
      `![${title}: predicted against measured](../api/pages/static/${picture})`,
      '',
      ...tableHead,
      ...splits.map(tableLine),
      '',
      'Series unseen, by GPU and by source:',
      '',
      ...tableHead,
      ...groups.map(tableLine),
      '',
    ]),
    '## Rows that are not used',
    '',
    '| reason | rows |',
    '| --- | ---: |',
    ...leftOut.map(({ reason, rows }) => `| ${reason} | ${rows} |`),
    '',
  ].join('\n')
