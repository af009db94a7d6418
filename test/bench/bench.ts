import { batch } from './batch.ts'
import { simulation } from './simulation.ts'

/** The figures that the product promises, one after the other: `npm run bench`. */
for (const figure of [batch, simulation]) console.log(await figure())
