import { type Coverage, coverages } from '../../model/throughput/constants.ts'
import type { HeldOut } from './cross-validation.ts'
import type { Family, LeftOut } from './families.ts'
import { scatter } from './scatter.ts'
import { type Score, scoreOf } from './scores.ts'

export interface Validated {
  readonly family: Family
  readonly heldOut: Readonly<Record<Coverage, readonly HeldOut[]>>
}

const splitNames: Readonly<Record<Coverage, string>> = {
  series: 'series unseen',
  deployment: 'deployment unseen',
  'gpu-unseen': 'GPU unseen',
  'model-unseen': 'model unseen',
}

const percent = (share: number): string => (share * 100).toFixed(1)

const header = [
  '| | rows | mean | median | P90 | bias | 80% band covers |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
]
const line = (name: string, { rows, ...score }: Score): string =>
  `| ${name} | ${rows} | ${[score.meanAbsolute, score.medianAbsolute, score.p90Absolute, score.bias, score.coverage].map(percent).join(' | ')} |`

/** The accuracy page, in Markdown, and its pictures by file name. */
export function accuracyPage(
  validated: readonly Validated[],
  leftOut: readonly LeftOut[],
): { page: string; pictures: ReadonlyMap<string, string> } {
  const pictures = new Map<string, string>()
  const sections = validated.flatMap(({ family, heldOut }) =>
    family.quantities.flatMap((quantity, index) => {
      const file = `${family.name}-${quantity.split(' ')[0]?.toLowerCase()}.svg`
      const title = `${family.name}, ${quantity}`
      pictures.set(file, scatter({ title, heldOut: heldOut.series, quantity: index }))
      return [
        `## ${title}`,
        '',
        `![${title}: predicted against measured](accuracy/${file})`,
        '',
        ...header,
        ...coverages.map((coverage) => line(splitNames[coverage], scoreOf(heldOut[coverage], index))),
        '',
        'Series unseen, by GPU and by source:',
        '',
        ...header,
        ...grouped(heldOut.series, index, ({ observation }) => observation.row.gpu),
        ...grouped(heldOut.series, index, ({ observation }) => observation.row.source),
        '',
      ]
    }),
  )
  const reasons = new Map<string, number>()
  for (const { reason } of leftOut) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const page = [
    '# Accuracy of predicted speed',
    '',
    'Written by `npm run accuracy -- measurements.csv`. Every figure is the error, in per cent of the measured value, on rows that the fit had not seen: of the same deployment at other lengths (series), of another layout or engine version (deployment), on a GPU or of a model that no row behind the fit has. Bias is the mean of predicted / measured - 1. The band of a row is made from the residuals of the other folds.',
    '',
    ...sections,
    '## Rows that are not used',
    '',
    '| reason | rows |',
    '| --- | ---: |',
    ...[...reasons].toSorted(([, a], [, b]) => b - a).map(([reason, count]) => `| ${reason} | ${count} |`),
    '',
  ].join('\n')
  return { page, pictures }
}

/** Fewer rows than this say nothing about a group. */
const fewestShown = 10

function grouped(heldOut: readonly HeldOut[], quantity: number, name: (row: HeldOut) => string): string[] {
  return [...new Set(heldOut.map(name))]
    .map((group) => [group, heldOut.filter((row) => name(row) === group)] as const)
    .filter(([, rows]) => rows.length >= fewestShown)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([group, rows]) => line(group, scoreOf(rows, quantity, heldOut)))
}
