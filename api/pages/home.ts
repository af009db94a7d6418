import { html } from 'hono/html'
import type { OptionResult } from '../../model/compare/comparison-result.ts'
import type { Plan } from '../../model/compare/plan.ts'
import { planWords } from '../../model/compare/plan-words.ts'
import { countText, usdText } from '../../model/format.ts'
import { costCurve } from './cost-curve.ts'
import { shell } from './shell.ts'

/** The shipped example, answered: the verdict first, then what it hangs on. */
export function homePage(plan: Plan, trafficName: string) {
  const words = planWords(plan)
  const [verdict, ...reasons] = words.verdict
  return shell({
    title: 'Rent the weights or own a copy?',
    body: html`<main class="answer">
<p class="top"><span class="brand">Weighbridge</span>
<a href="/docs">Reference</a> <a href="/openapi.json">OpenAPI</a> <a href="/addin/">In a sheet</a></p>
<header>
<p class="eyebrow">${plan.result.model}, ${trafficName}</p>
<h1>${verdict}</h1>
${reasons.map((reason) => html`<p>${reason}</p>`)}
</header>
<div class="wide"><table>
<caption>What each way costs, the cheapest first</caption>
<thead><tr>${words.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${words.rows.map(
      ([name, ...cells], place) => html`<tr>
<th scope="row"><span class="key key-${place}"></span>${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
    )}</tbody>
</table></div>
${list('What would change the verdict first', words.flips)}
<figure>${costCurve(plan.result.comparison)}
<figcaption>Cost against volume, both on logarithmic scales; the upright line is this traffic.</figcaption></figure>
${list('Break-even', words.breakEvens)}
${list('Left out', words.excluded)}
${list('Traffic', words.traffic)}
${list('Dates', words.dates)}
${plan.result.comparison.options.map(costLines)}
<details><summary>${words.assumptions.length} assumptions</summary>${items(words.assumptions)}</details>
<details><summary>${words.sources.length} sources</summary>${items(words.sources)}</details>
<section><h2>Ask your own</h2>
<p>On the command line: <code>npm run --silent plan -- --trace requests.csv --model ${plan.result.model}</code></p>
<p>Over HTTP: <a href="/v1/memory?model=70e9&amp;precision=int4"><code>/v1/memory?model=70e9&amp;precision=int4</code></a>, and
<a href="/docs#compare"><code>POST /v1/compare</code></a> with traffic and options of your own.</p>
</section>
</main>`,
  })
}

const items = (sentences: readonly string[]) =>
  html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`

const list = (title: string, sentences: readonly string[]) =>
  sentences.length === 0 ? '' : html`<section><h2>${title}</h2>${items(sentences)}</section>`

/** The lines that add up to what one option costs. */
const costLines = ({ name, lines, usdPerMonth }: OptionResult) => html`<details>
<summary>${name}: ${usdText(usdPerMonth)} a month, line by line</summary>
<div class="wide"><table>
<thead><tr>${['Line', 'Quantity', 'Unit', 'USD each', 'USD a month', 'Source'].map(
  (column) => html`<th scope="col">${column}</th>`,
)}</tr></thead>
<tbody>${lines.map(
  (
    line,
  ) => html`<tr><th scope="row">${line.name}</th><td>${countText(line.quantity)}</td><td>${line.unit}</td>
<td>${usdText(line.usdPerUnit)}</td><td>${usdText(line.usd)}</td><td>${sourceText(line)}</td></tr>`,
)}</tbody>
</table></div>
</details>`

const sourceText = ({ source }: OptionResult['lines'][number]): string =>
  source === null ? '' : source.date === undefined ? source.title : `${source.title} (${source.date})`
