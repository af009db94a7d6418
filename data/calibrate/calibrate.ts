import { writeFileSync } from 'node:fs'
import { bundledFacts } from '../dataset.ts'
import { fittedConstants } from './constants-file.ts'
import { familiesOf } from './families.ts'
import { readMeasurements } from './measurement.ts'

/** `npm run calibrate -- file.csv` refits every constant from a file of measurements and writes the constants file. */
const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Usage: npm run calibrate -- measurements.csv')
  process.exit(2)
}
const measurements = readMeasurements(path)
const facts = bundledFacts('2026-11-25')
const { families, leftOut } = familiesOf(measurements, facts)
const constants = fittedConstants(families)
const target = new URL('../throughput-constants.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(constants, null, 1)}\n`)
for (const { name, rows } of families) console.log(`${name}: ${rows.length} rows`)
console.log(`${leftOut.length} rows are not used; npm run accuracy says why.`)
