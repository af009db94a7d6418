/** `npm start`: builds what is stale, then serves. */
import './build-stale.ts'

await import('./node.ts')
