/**
 * `npm run --silent prices -- sources`: whose price lists are in the book, how often they agree, and which of their
 * rows were not believed. Exit code 2 and a sentence for bad input.
 */
import { agreement, agreementOf, publishers, quarantinedRows } from '../data/provenance.ts'
import { ageInDays } from '../model/prices/age.ts'
import { agreementRule } from '../model/prices/agreement.ts'
import { didYouMean, quote } from '../model/problem.ts'
import { table } from './table.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

function sources(): string {
  const today = new Date().toISOString().slice(0, 10)
  const rows = publishers.map((publisher) => {
    const { ageDays, isStale } = ageInDays(publisher.observedAt, today)
    return [
      publisher.id,
      publisher.observedAt,
      `${ageDays}${isStale ? ' stale' : ''}`,
      publisher.licence,
      String(publisher.tokenOffers),
      String(publisher.gpuOffers),
      String(publisher.quarantined),
      agreementOf(publisher.id)
        .slice(0, 3)
        .map(({ with: other, share, pairs }) => `${other} ${percent(share)} of ${pairs}`)
        .join(', '),
    ]
  })
  const header = ['source', 'taken', 'days old', 'licence', 'tokens', 'GPUs', 'refused', 'agrees with']
  return table(header, rows)
}

function agreements(): string {
  const rows = agreement.map(({ sources, pairs, agreeing, share, bySeller }) => [
    sources.join(' and '),
    String(pairs),
    String(agreeing),
    percent(share),
    bySeller
      .slice(0, 5)
      .map((own) => `${own.seller} ${own.agreeing}/${own.pairs}`)
      .join(', '),
  ])
  return [
    agreementRule,
    'Prices in quarantine are not compared: a slip of a unit is no disagreement about a price.',
    '',
    table(['sources', 'pairs', 'agree', 'share', 'most pairs at'], rows),
  ].join('\n')
}

function quarantine(source: string | undefined): string {
  const ids = publishers.map(({ id }) => id)
  if (source !== undefined && !ids.includes(source))
    throw new Refusal(`There is no source ${quote(source)}.${didYouMean(source, ids)}`)
  const rows = quarantinedRows()
    .filter((row) => source === undefined || row.source === source)
    .map((row) => [row.source, row.path, row.record, row.reason])
  return table(['source', 'path', 'record', 'reason'], rows)
}

class Refusal extends Error {}

const usage = [
  'Usage: npm run --silent prices -- WHAT',
  '',
  '  sources              whose price lists are in the book: day, licence, offers, agreement',
  '  agreement            how often each two of them print the same price',
  '  quarantine [SOURCE]  rows that were not believed, and why',
].join('\n')

const answers: Readonly<Record<string, (argument: string | undefined) => string>> = {
  sources,
  agreement: agreements,
  quarantine,
  '--help': () => usage,
}

const [what = '--help', argument] = process.argv.slice(2)
try {
  const answer = answers[what]
  if (!answer) throw new Refusal(`There is no ${quote(what)}.\n${usage}`)
  console.log(answer(argument))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}
