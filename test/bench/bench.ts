import { batch } from './batch.ts'
import { mix } from './best-mix.ts'
import { caseSimulation } from './case-simulation.ts'
import { d1Fill } from './d1-fill.ts'
import { dashboard } from './dashboard.ts'
import { importAll } from './import-all.ts'
import { loadCurveBench } from './load-curve.ts'
import { lookUp } from './look-up.ts'
import { sheets } from './sheets.ts'
import { simulateBench } from './simulate.ts'
import { speed } from './speed.ts'
import { starts } from './starts.ts'
import { uncertaintyBench } from './uncertainty.ts'

/** The figures that the product promises, one after the other: `npm run bench`. */
for (const figure of [
  batch,
  uncertaintyBench,
  caseSimulation,
  mix,
  loadCurveBench,
  simulateBench,
  speed,
  starts,
  importAll,
  lookUp,
  d1Fill,
  dashboard,
  sheets,
])
  console.log(await figure())
