import { html } from 'hono/html'
import type { Calculation } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import type { Facts } from '../../model/facts.ts'
import { boundsText } from '../../model/field-bounds.ts'
import { excelName, type Field, type Fielded, fieldsOf, positionalFields } from '../../model/fields.ts'
import { PriceListEntry } from '../../model/prices/own/price-list.ts'
import type { Source } from '../../model/source.ts'
import type { Listing } from '../listings/listing.ts'
import { listings } from '../listings/listings.ts'
import { problemTypes } from '../problem.ts'
import { entrySources } from './entry-sources.ts'
import { innerFieldsOf } from './inner-fields.ts'
import { shell } from './shell.ts'

/** The reference of every route, made from the catalog. */
export const docsPage = (facts: Facts) =>
  shell({
    title: 'Reference',
    script: 'docs.js',
    body: html`<a class="skip" href="#content">Skip to the reference</a>
<nav aria-label="Reference">
<p class="brand"><a href="/">Weighbridge</a></p>
<label class="search">Find <input type="search" id="find" placeholder="memory, USD, tokens…" autocomplete="off"></label>
<p class="nothing" id="nothing" hidden>Nothing here has those words.</p>
<h2>Calculations</h2>
<ul>${catalog.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
<h2>Facts and prices</h2>
<ul>${listings.map(({ id, title }) => html`<li><a href="#${anchor(id)}">${title}</a></li>`)}</ul>
<h2>Requests</h2>
<ul><li><a href="#many">Many at once</a></li><li><a href="#traces">Traces</a></li><li><a href="#price-lists">Your own prices</a></li><li><a href="#problems">Problems</a></li></ul>
</nav>
<main id="content">
<header>
<h1>Reference</h1>
<p>Each calculation answers <code>GET</code> with its fields in the query and <code>POST</code> with them as JSON.
Every answer is <code>{ id, value, unit, result, breakdown, assumptions, sources, interval, dataset }</code>;
<code>?format=text</code> answers the bare value. The same figures come from a sheet and from the command line.
The contract for programs is <a href="/openapi.json">/openapi.json</a>; where the prices come from is on <a href="/docs/prices">/docs/prices</a>,
how far predicted speed is from published measurements on <a href="/docs/accuracy">/docs/accuracy</a>.</p>
</header>
${catalog.map((calculation) => calculationEntry(calculation, entrySources(calculation, facts)))}
${listings.map(listingEntry)}
${requests()}
</main>`,
  })

const anchor = (id: string): string => id.replace('/', '-')

function calculationEntry(calculation: Calculation, sources: readonly Source[]) {
  const { id, title, summary, formula, examples } = calculation
  const [example] = examples
  const names = positionalFields(calculation).map(({ name, required, requiredUnless }) =>
    required || requiredUnless !== undefined ? name : `[${name}]`,
  )
  return html`<section id="${id}" data-entry>
<h2><a href="#${id}">${title}</a> <code>/v1/${id}</code></h2>
<p>${prose(summary)}.</p>
<p class="formula"><code>${formula}</code></p>
${fieldTables(calculation)}
${
  calculation.sheet === false
    ? ''
    : html`<p class="elsewhere">In a sheet <code>=WEIGHTS.${excelName(id)}(${names.join(', ')})</code></p>`
}
<ul class="sources">${sources.map(sourceItem)}</ul>
<form class="try" data-path="/v1/${id}">
<label>Example <textarea name="input" rows="${rowsOf(example.input)}" spellcheck="false">${JSON.stringify(example.input, null, 2)}</textarea></label>
<div class="actions"><button type="submit">Run</button> <span class="shortcut">Ctrl + Enter</span></div>
<output aria-live="polite" hidden></output>
</form>
</section>`
}

function listingEntry(listing: Listing) {
  return html`<section id="${anchor(listing.id)}" data-entry>
<h2><a href="#${anchor(listing.id)}">${listing.title}</a> <code>/v1/${listing.id}</code></h2>
<p>${listing.summary}. JSON, or CSV with <code>Accept: text/csv</code>.</p>
${fieldTables(listing)}
<form class="try" data-path="/v1/${listing.id}" data-method="GET">
<label>Example <input class="query" name="input" value="${listing.example}" spellcheck="false"></label>
<div class="actions"><button type="submit">Run</button> <span class="shortcut">Enter</span></div>
<output aria-live="polite" hidden></output>
</form>
</section>`
}

const rowsOf = (input: unknown): number => Math.min(16, JSON.stringify(input, null, 2).split('\n').length)

function fieldTables(fielded: Fielded) {
  const inner = innerFieldsOf(fielded)
  return html`${fieldTable(fieldsOf(fielded))}${inner.map(
    ({ place, fields }) =>
      html`<details class="inner"><summary>Fields of <code>${place}</code></summary>${fieldTable(fields)}</details>`,
  )}`
}

function fieldTable(fields: readonly Field[]) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Fields"><table>
<thead><tr><th>Field</th><th>What</th><th>Unit</th><th>Accepted</th><th>Default</th></tr></thead>
<tbody>${fields.map(
    (field) => html`<tr>
<td><code>${field.name}</code>${needed(field)}</td>
<td>${field.title === field.name ? '' : html`<b>${field.title}</b> `}${prose(field.description)}</td>
<td data-head="Unit">${field.unit ?? ''}</td>
<td data-head="Accepted">${accepted(field)}</td>
<td data-head="Default">${field.default === undefined ? '' : html`<code>${written(field.default)}</code>`}</td>
</tr>`,
  )}</tbody></table></div>`
}

function needed({ required, requiredUnless }: Field) {
  if (required) return html` <span class="required">required</span>`
  return requiredUnless === undefined
    ? ''
    : html` <span class="required">required, or <code>${requiredUnless}</code></span>`
}

/** A sentence in which names stand between backticks. */
const prose = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))

/** Digits in threes, and powers of ten where there would be too many of them. */
const figure = (number: number): string =>
  Math.abs(number) < 1e9 ? number.toLocaleString('en') : String(number.toExponential()).replace('e+', 'e')

const fewOptions = 8

function accepted(field: Field) {
  const { options, type, format, fields } = field
  if (options) {
    const list = options.map((option, index) => html`${index === 0 ? '' : ', '}<code>${option}</code>`)
    return options.length <= fewOptions
      ? list
      : html`<details><summary>one of ${options.length}</summary>${list}</details>`
  }
  if (fields) return html`an object: ${fields.map(({ name }) => name).join(', ')}`
  if (format === 'date') return 'YYYY-MM-DD'
  return boundsText(field, figure) ?? kinds[type]
}

const kinds: Readonly<Record<Field['type'], string>> = {
  any: 'text or number',
  number: 'a number',
  integer: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const sourceItem = ({ title, url, date }: Source) =>
  html`<li>${url === undefined ? title : html`<a href="${url}" rel="noreferrer">${title}</a>`}${date === undefined ? '' : `, ${date}`}</li>`

const priceListExample = {
  name: 'Contract of May',
  entries: [
    {
      kind: 'token-rate',
      model: 'openai/gpt-4o',
      meter: 'input',
      seller: 'azure',
      amountPerMillionTokens: 2.1,
      currency: 'EUR',
    },
    { kind: 'exchange-rate', currency: 'EUR', usdPerUnit: 1.1, validFrom: '2026-11-20' },
    { kind: 'discount', seller: 'aws', percentOff: 12 },
  ],
}

const requests = () => html`<section id="many" data-entry>
<h2><a href="#many">Many at once</a> <code>POST /v1/batch</code></h2>
<p>Up to 10,000 calls in one request; <code>results</code> has an answer or a problem for each, in order. Takes
<code>application/json</code>, and <code>text/plain</code> so that a sheet can ask without a preflight.</p>
<form class="try" data-path="/v1/batch">
<label>Example <textarea name="input" rows="8" spellcheck="false">${JSON.stringify({ calls: catalog.slice(0, 2).map(({ id, examples }) => ({ id, input: examples[0].input })) }, null, 2)}</textarea></label>
<div class="actions"><button type="submit">Run</button> <span class="shortcut">Ctrl + Enter</span></div>
<output aria-live="polite" hidden></output>
</form>
</section>
<section id="traces" data-entry>
<h2><a href="#traces">Traces</a> <code>POST /v1/workloads</code></h2>
<p>A request trace, <code>text/csv</code> with a header line and one request a line or <code>application/jsonl</code> with one
object a line, becomes a workload profile: rate by minute, burstiness, lengths, cached share. Columns are found by name: a time, input tokens, output tokens, and cached input tokens
if there are any.</p>
<form class="try" data-path="/v1/workloads" data-type="text/csv">
<label>Example <textarea name="input" rows="5" spellcheck="false">time,input_tokens,output_tokens
0,1200,150
30,800,240
90,2400,60</textarea></label>
<div class="actions"><button type="submit">Run</button> <span class="shortcut">Ctrl + Enter</span></div>
<output aria-live="polite" hidden></output>
</form>
</section>
<section id="price-lists" data-entry>
<h2><a href="#price-lists">Your own prices</a> <code>/v1/price-lists</code></h2>
<p>Contract rates, percentages off a seller, committed spend, exchange rates. <code>POST</code> keeps a list, as JSON or as
<code>text/csv</code> whose columns are the fields below (semicolons are fine; <code>?decimal=comma</code> declares decimal commas). The answer
has the list's <code>id</code> and, once, its <code>editKey</code>. Give the id as <code>priceList</code> to token-price, gpu-price, blended-price,
price-check, compare, plan, /v1/prices/tokens or /v1/prices/gpus: own prices count there, and the public ones stay beside them. Who knows
the id may <code>GET</code> <code>/v1/price-lists/{id}</code>; <code>PUT</code> and <code>DELETE</code> take the key as <code>Authorization: Bearer KEY</code> and the
<code>ETag</code> that was seen as <code>If-Match</code>.</p>
${PriceListEntry.options.map(
  (option) => html`<h3><code>${option.shape.kind.value}</code></h3>
${fieldTable(fieldsOf({ id: option.shape.kind.value, input: option }).filter(({ name }) => name !== 'kind'))}`,
)}
<form class="try" data-path="/v1/price-lists">
<label>Example <textarea name="input" rows="8" spellcheck="false">${JSON.stringify(priceListExample, null, 2)}</textarea></label>
<div class="actions"><button type="submit">Run</button> <span class="shortcut">Ctrl + Enter</span></div>
<output aria-live="polite" hidden></output>
</form>
</section>
<section id="problems" data-entry>
<h2><a href="#problems">Problems</a></h2>
<p>What cannot be answered is a problem document (RFC 9457): the field, the value given, and what is accepted.</p>
<ul>${Object.entries(problemTypes).map(
  ([name, { title, status }]) => html`<li><a href="/problems/${name}">${title}</a> ${status}</li>`,
)}</ul>
</section>`
