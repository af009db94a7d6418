import { html } from 'hono/html'
import type { PublisherRecord } from '../../data/provenance.ts'
import type { ReleasedRow } from '../../data/released.ts'
import { countText, percentText } from '../../model/format.ts'
import { ageInDays } from '../../model/prices/age.ts'
import { agreementRule } from '../../model/prices/agreement.ts'
import { shell } from './shell.ts'

interface Provenance {
  readonly publishers: readonly PublisherRecord[]
  agreementOf(id: string): readonly {
    readonly with: string
    readonly pairs: number
    readonly share: number
  }[]
  /** Rows that were not believed, by source and reason. */
  readonly quarantine: readonly {
    readonly source: string
    readonly reason: string
    readonly records: readonly string[]
  }[]
  readonly released: readonly ReleasedRow[]
  readonly provisionedSources: readonly { readonly path: string; readonly observedAt: string }[]
  readonly asOf: string
}

/** `/docs/prices`: who says which price, under which licence, as of when, and how often the others agree. */
export const priceSourcesPage = ({
  publishers,
  agreementOf,
  quarantine,
  released,
  provisionedSources,
  asOf,
}: Provenance) =>
  shell({
    title: 'Where the prices come from',
    body: html`<main class="answer">
<p class="top"><span class="brand"><a href="/">Weighbridge</a></span> <a href="/docs">Reference</a></p>
<header>
<p class="eyebrow">As of ${asOf}</p>
<h1>Where the prices come from</h1>
<p>${countText(sum(publishers, 'tokenOffers'))} offers of tokens and ${countText(sum(publishers, 'gpuOffers'))} of GPUs, from
${publishers.length} lists of publishers. Each price keeps its source and its day, and where two sources differ, both are shown.
${countText(sum(publishers, 'quarantined'))} rows were not believed and are in no answer.</p>
</header>
${wide(
  'Lists, with licence, day, rows and agreement',
  ['Source', 'Licence', 'Taken', 'Days old', 'Token offers', 'GPU offers', 'Refused', 'Agrees with'],
  publishers.map((publisher) => {
    const { ageDays, isStale } = ageInDays(publisher.observedAt, asOf)
    return [
      html`<a href="${publisher.repository}" rel="noreferrer">${publisher.title}</a>`,
      publisher.licence,
      publisher.observedAt,
      `${ageDays}${isStale ? ', stale' : ''}`,
      countText(publisher.tokenOffers),
      countText(publisher.gpuOffers),
      publisher.quarantined === 0
        ? '0'
        : html`<a href="/v1/prices/quarantine?source=${publisher.id}">${countText(publisher.quarantined)}</a>`,
      agreementOf(publisher.id)
        .slice(0, 3)
        .map((one) => `${one.with} ${percentText(one.share)} of ${one.pairs}`)
        .join(', '),
    ]
  }),
)}
<p>${agreementRule} Prices in quarantine are not compared. The whole: <a href="/v1/prices/sources"><code>/v1/prices/sources</code></a>.</p>
<section><h2>In quarantine</h2>
${wide(
  'Why rows were not believed, the most frequent reason first',
  ['Source', 'Reason', 'Rows', 'Such as'],
  quarantine
    .toSorted((a, b) => b.records.length - a.records.length)
    .slice(0, mostReasons)
    .map(({ source, reason, records }) => [
      source,
      reason,
      countText(records.length),
      records.slice(0, 2).join('; '),
    ]),
)}
<p>All of them: <a href="/v1/prices/quarantine"><code>/v1/prices/quarantine</code></a>. ${
      released.length === 0 ? 'Nobody has released any.' : 'Released, because somebody looked:'
    }</p>
${released.length === 0 ? '' : html`<ul>${released.map((row) => html`<li>${row.source}, ${row.record}: ${row.because} (${row.releasedOn})</li>`)}</ul>`}
</section>
<section><h2>Beside the lists</h2>
<p><a href="/v1/prices/provisioned">Provisioned throughput</a> as its sellers describe it:
${provisionedSources.map(({ path, observedAt }, place) => html`${place === 0 ? '' : '; '}${path} (${observedAt})`)}.
<a href="/v1/prices/servers">Complete servers</a> carry the source of each figure. <a href="/docs#price-lists">Your own prices</a>
count before all of these.</p>
</section>
</main>`,
  })

const mostReasons = 20

const sum = (
  publishers: readonly PublisherRecord[],
  name: 'tokenOffers' | 'gpuOffers' | 'quarantined',
): number => publishers.reduce((total, publisher) => total + publisher[name], 0)

type Cell = string | ReturnType<typeof html>

const wide = (caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]) =>
  html`<div class="wide"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = '', ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>`
