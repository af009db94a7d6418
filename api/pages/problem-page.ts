import { html } from 'hono/html'
import { type ProblemName, problemTypes } from '../problem.ts'
import { shell } from './shell.ts'

/** What the `type` of a problem document leads to. */
export function problemPage(name: ProblemName) {
  const { title, status, remedy } = problemTypes[name]
  return shell({
    title,
    body: html`<main class="short">
<p class="eyebrow"><a href="/docs">Weighbridge</a> · problem</p>
<h1>${title}</h1>
<p>HTTP ${status}, <code>/problems/${name}</code></p>
<p>${remedy}</p>
<p>Problems are documents of RFC 9457, <code>application/problem+json</code>.</p>
</main>`,
  })
}
