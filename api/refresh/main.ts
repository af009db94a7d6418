/**
 * `npm run refresh`: takes in what the publishers serve now. Exit code 1 where a source was refused, 2 for bad input and
 * while the refresh is off.
 */
import { withoutLiveReader } from '../../data/refresh/live-sources.ts'
import { didYouMean, quote } from '../../model/problem.ts'
import { shippedBook } from '../shipped-book.ts'
import { openEmbedded } from '../store/embedded.ts'
import { pricesIn } from '../store/prices.ts'
import { refreshNow, sourcesOf } from './refresh-now.ts'
import { runText } from './run-text.ts'
import { isOn } from './setting.ts'

const usage = [
  'Usage: npm run refresh [-- WHAT]',
  '',
  '                  takes in what the publishers serve now; WEIGHBRIDGE_REFRESH=on switches it on',
  '  runs            what came, what changed and what was refused in the last runs',
  '  addresses       every address that a refresh contacts',
  '  believe SOURCE  takes in one source as it is, with the rows and changes that the guards refuse',
].join('\n')

const sources = sourcesOf(process.env)
const [what, id = ''] = process.argv.slice(2)
const { database, close } = openEmbedded(process.env.WEIGHBRIDGE_DB ?? './weighbridge.sqlite')
const prices = pricesIn(database, shippedBook)

switch (what) {
  case undefined:
    await run()
    break
  case 'believe':
    await run(id)
    break
  case 'runs':
    for (const one of (await prices.refreshes.last(10)).toReversed()) console.log(runText(one))
    break
  case 'addresses':
    for (const { files } of sources) for (const { url } of files) console.log(url)
    for (const source of withoutLiveReader) console.log(`${source}: no live reader yet`)
    break
  case '--help':
    console.log(usage)
    break
  default:
    refuse(`There is no ${quote(what)}.\n${usage}`)
}
close()

async function run(believed?: string): Promise<void> {
  if (!isOn(process.env)) {
    refuse(
      'The refresh is off: nobody was contacted. WEIGHBRIDGE_REFRESH=on switches it on; npm run refresh -- addresses says whom it contacts.',
    )
    return
  }
  const ids = sources.map(({ importer }) => importer.publisher.id)
  if (believed !== undefined && !ids.includes(believed)) {
    refuse(
      `There is no live source ${quote(believed)}.${didYouMean(believed, ids)} Accepted: ${ids.join(', ')}.`,
    )
    return
  }
  const done = await refreshNow(prices, process.env, believed)
  console.log(runText(done))
  if (done.sources.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 2
}
