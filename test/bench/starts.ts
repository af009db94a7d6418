import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** From `npm start` to the line that says where the server listens. Bars: 5 s on an empty database, then 1 s. */
export async function starts(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
  const milliseconds: number[] = []
  for (let run = 0; run < 6; run += 1) {
    milliseconds.push(await startAndStop(join(folder, 'weighbridge.sqlite')))
  }
  rmSync(folder, { recursive: true })
  const [first = 0, ...later] = milliseconds
  return [
    `npm start, first, on an empty database: ${first.toFixed(0)} ms (bar: below 5000)`,
    `  later starts, the fastest of ${later.length}: ${Math.min(...later).toFixed(0)} ms (bar: below 1000)`,
  ].join('\n')
}

async function startAndStop(database: string): Promise<number> {
  const start = performance.now()
  const npm = spawn('npm', ['start'], {
    env: { ...process.env, PORT: '0', WEIGHBRIDGE_DB: database },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that the server that npm runs can be stopped with it.
    detached: true,
  })
  for await (const said of npm.stdout) {
    if (!String(said).includes('http:')) continue
    const milliseconds = performance.now() - start
    const closed = once(npm, 'exit')
    process.kill(-(npm.pid ?? 0), 'SIGTERM')
    await closed
    return milliseconds
  }
  throw new Error('npm start ended before it listened.')
}
