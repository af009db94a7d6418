import { resolve } from 'node:path'
import { build, type Rollup } from 'vite'
import { lean } from './lean.ts'

const root = resolve(import.meta.dirname, '..')

/** A module and all that it imports as one classic script (ES2020), which needs no loader around it. */
export async function bundle(entry: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [lean],
    // Read as JSON, which is faster than as a script.
    json: { stringify: true },
    build: {
      write: false,
      target: 'es2020',
      lib: { entry: resolve(root, entry), name: 'weighbridge', formats: ['iife'] },
    },
  })
  const [chunk] = outputOf(built)
  if (!chunk || !('code' in chunk)) throw new Error(`${entry} gave no script.`)
  return chunk.code
}

const outputOf = (built: Awaited<ReturnType<typeof build>>): Rollup.RollupOutput['output'] | [] => {
  const [first] = [built].flat()
  return first && 'output' in first ? first.output : []
}
