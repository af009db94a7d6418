import { batch } from './batch.ts'

/** The figures that the product promises, one after the other: `npm run bench`. */
for (const figure of [batch]) console.log(await figure())
