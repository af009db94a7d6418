import { html } from 'hono/html'
import report from '../../data/accuracy.json' with { type: 'json' }
import { accuracyIntroduction } from '../../data/accuracy-introduction.ts'
import { shell } from './shell.ts'

/** How far predicted speed is from published measurements, as `npm run accuracy` wrote it. */
export const accuracyPage = () =>
  shell({
    title: 'Accuracy of predicted speed',
    body: html`<a class="skip" href="#content">Skip to the figures</a>
<nav aria-label="Accuracy">
<p class="brand"><a href="/">Weighbridge</a></p>
<p><a href="/docs">Reference</a></p>
<h2>Classes</h2>
<ul>${report.sections.map(({ title }) => html`<li><a href="#${anchorOf(title)}">${title}</a></li>`)}</ul>
</nav>
<main id="content">
<header>
<h1>Accuracy of predicted speed</h1>
<p>Written by <code>npm run accuracy -- measurements.csv</code>. ${accuracyIntroduction}</p>
</header>
${report.sections.map(
  ({ title, picture, splits, groups }) => html`<section id="${anchorOf(title)}">
<h2>${title}</h2>
<p><img src="/static/${picture}" alt="${title}: predicted against measured" width="360" height="360" loading="lazy"></p>
${table(splits)}
<p>Series unseen, by GPU and by source:</p>
${table(groups)}
</section>`,
)}
<section id="left-out">
<h2>Rows that are not used</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Rows that are not used"><table>
<thead><tr><th>Reason</th><th>Rows</th></tr></thead>
<tbody>${report.leftOut.map(({ reason, rows }) => html`<tr><td>${reason}</td><td>${rows}</td></tr>`)}</tbody>
</table></div>
</section>
</main>`,
  })

const anchorOf = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

type Line = (typeof report.sections)[number]['splits'][number]

const table = (
  lines: readonly Line[],
) => html`<div class="scroll" tabindex="0" role="region" aria-label="Errors"><table>
<thead><tr><th></th><th>Rows</th><th>Mean</th><th>Median</th><th>P90</th><th>Bias</th><th>80% band covers</th></tr></thead>
<tbody>${lines.map(
  ({ name, rows, ...score }) =>
    html`<tr><td>${name}</td><td>${rows}</td>${[
      score.meanAbsolute,
      score.medianAbsolute,
      score.p90Absolute,
      score.bias,
      score.coverage,
    ].map((figure) => html`<td>${figure.toFixed(1)}</td>`)}</tr>`,
)}</tbody></table></div>`
