/**
 * `npm run --silent prices -- sources`: whose price lists are in the book, how often they agree, and which of their
 * rows were not believed, or are all the same. Exit code 2 and a sentence for bad input.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { agreement, agreementOf, publishers, quarantinedRows } from '../data/provenance.ts'
import { released, rowId } from '../data/released.ts'
import { percentText } from '../model/format.ts'
import { ageInDays } from '../model/prices/age.ts'
import { agreementRule } from '../model/prices/agreement.ts'
import { didYouMean, quote } from '../model/problem.ts'
import { table } from './table.ts'

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
        .map(({ with: other, share, pairs }) => `${other} ${percentText(share)} of ${pairs}`)
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
    percentText(share),
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

function quarantine(source?: string): string {
  const ids = publishers.map(({ id }) => id)
  if (source !== undefined && !ids.includes(source))
    throw new Refusal(`There is no source ${quote(source)}.${didYouMean(source, ids)}`)
  const rows = quarantinedRows()
    .filter((row) => source === undefined || row.source === source)
    .map((row) => [row.id ?? '', row.source, row.path, row.record, row.reason])
  return table(['id', 'source', 'path', 'record', 'reason'], rows)
}

/**
 * Somebody has looked at a doubted price and believes it: written down with the reason. The old price stays until the
 * next import or refresh, in which the row counts.
 */
function release([id, flag, ...words]: readonly string[]): string {
  if (id === undefined) throw new Refusal('release: give the id of a row, as `quarantine` lists it.')
  const because = words.join(' ').trim()
  if (flag !== '--because' || because === '') {
    throw new Refusal(
      'release: say why the price is believed: --because "seen on the price page of the seller".',
    )
  }
  const rows = quarantinedRows().filter((row) => row.id !== null)
  const row = rows.find((one) => one.id === id)
  const known = released.find((one) => rowId(one) === id)
  if (known) throw new Refusal(`release: ${id} was released on ${known.releasedOn} already: ${known.because}`)
  if (!row) {
    const ids = rows.flatMap((one) => one.id ?? [])
    throw new Refusal(
      `release: no row in quarantine that could be released has the id ${quote(id)}.${didYouMean(id, ids)}`,
    )
  }
  const { id: _, ...shared } = row
  const entry = { ...shared, releasedOn: new Date().toISOString().slice(0, 10), because }
  writeFileSync(releasedFile, `${JSON.stringify([...released, entry], null, 2)}\n`)
  return `Released: ${row.source}, ${row.record}. It counts from the next import or refresh on; until then the old price stays.`
}

const releasedFile = join(import.meta.dirname, '..', 'data', 'released.json')

const releases = (): string =>
  table(
    ['id', 'source', 'record', 'released', 'because'],
    released.map((row) => [rowId(row), row.source, row.record, row.releasedOn, row.because]),
  )

class Refusal extends Error {}

const usage = [
  'Usage: npm run --silent prices -- WHAT',
  '',
  '  sources              whose price lists are in the book: day, licence, offers, agreement',
  '  agreement            how often each two of them print the same price',
  '  quarantine [SOURCE]  rows that were not believed, and why; those with an id can be released',
  '  released             rows that somebody believes all the same, with day and reason',
  '  release ID --because REASON',
  '                       believe a row: it counts from the next import or refresh on',
].join('\n')

const answers: Readonly<Record<string, (...given: string[]) => string>> = {
  sources,
  agreement: agreements,
  quarantine,
  released: releases,
  release: (...given) => release(given),
  '--help': () => usage,
}

const [what = '--help', ...given] = process.argv.slice(2)
try {
  const answer = answers[what]
  if (!answer) throw new Refusal(`There is no ${quote(what)}.\n${usage}`)
  console.log(answer(...given))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}
