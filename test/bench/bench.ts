import { batch } from './batch.ts'
import { mix } from './best-mix.ts'
import { simulation } from './simulation.ts'

/** The figures that the product promises, one after the other: `npm run bench`. */
for (const figure of [batch, simulation, mix]) console.log(await figure())
