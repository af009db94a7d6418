import { mkdirSync, writeFileSync } from 'node:fs'
import { bundledFacts } from '../dataset.ts'
import { accuracyMarkdown, accuracyReport } from './accuracy-page.ts'
import { crossValidateAll } from './cross-validation.ts'
import { familiesOf } from './families.ts'
import { readMeasurements } from './measurement.ts'

/** `npm run accuracy -- file.csv` predicts each row by fits that have not seen it, and writes the accuracy page. */
const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Usage: npm run accuracy -- measurements.csv')
  process.exit(2)
}
const { families, leftOut } = familiesOf(readMeasurements(path), bundledFacts('2026-11-25'))
const validated = families.map((family) => ({ family, heldOut: crossValidateAll(family) }))
const { report, pictures } = accuracyReport(validated, leftOut)
const root = new URL('../../', import.meta.url)
const page = accuracyMarkdown(report)
writeFileSync(new URL('docs/accuracy.md', root), page)
writeFileSync(new URL('data/accuracy.json', root), `${JSON.stringify(report, null, 1)}\n`)
const folder = new URL('api/pages/static/accuracy/', root)
mkdirSync(folder, { recursive: true })
for (const [file, svg] of pictures) writeFileSync(new URL(file, folder), svg)
console.log(page)
