import { mkdirSync, writeFileSync } from 'node:fs'
import { bundledFacts } from '../dataset.ts'
import { accuracyPage } from './accuracy-page.ts'
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
const { page, pictures } = accuracyPage(validated, leftOut)
const docs = new URL('../../docs/', import.meta.url)
mkdirSync(new URL('accuracy/', docs), { recursive: true })
writeFileSync(new URL('accuracy.md', docs), page)
for (const [file, svg] of pictures) writeFileSync(new URL(`accuracy/${file}`, docs), svg)
console.log(page)
