import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNode } from '../api/servers.ts'

/** From `npm start` to the first answer it could give. Bars: 5 s on an empty database, then 1 s. */
export async function starts(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
  const milliseconds: number[] = []
  for (let run = 0; run < 6; run += 1) {
    const start = performance.now()
    const server = await startNode(join(folder, 'weighbridge.sqlite'))
    milliseconds.push(performance.now() - start)
    await server.stop()
  }
  rmSync(folder, { recursive: true })
  const [first = 0, ...later] = milliseconds
  return [
    `first start of Node's server, on an empty database: ${first.toFixed(0)} ms (bar: below 5000)`,
    `  later starts, the fastest of ${later.length}: ${Math.min(...later).toFixed(0)} ms (bar: below 1000)`,
  ].join('\n')
}
