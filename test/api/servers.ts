import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'

export interface RunningServer {
  readonly url: string
  stop(): Promise<void>
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'weighbridge-'))

/** Node's server, as `npm start` starts it, on a free port. */
export async function startNode(databasePath: string): Promise<RunningServer> {
  const server = spawn(process.execPath, ['api/node.ts'], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', WEIGHBRIDGE_DB: databasePath },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The server stopped with ${code}.`)))
    server.stdout.on('data', (data) => {
      const address = /http:\S+/.exec(String(data))?.[0]
      if (address) resolve(address)
    })
  })
  return { url, stop: () => stopped(server) }
}

export const startNodeAfresh = async (): Promise<RunningServer> => {
  const folder = temporaryFolder()
  const { url, stop } = await startNode(join(folder, 'weighbridge.sqlite'))
  return {
    url,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

async function stopped(server: ChildProcess): Promise<void> {
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  await exit
}

const wrangler = (...args: string[]) =>
  execFileSync(process.execPath, ['node_modules/wrangler/bin/wrangler.js', ...args], {
    stdio: 'pipe',
    env: { ...process.env, CI: '1' },
  })

/** The Worker that `npm run deploy` would send, in workerd, on a D1 with the migrations that it would apply. */
export async function startWorker(): Promise<RunningServer & { readonly miniflare: Miniflare }> {
  const folder = temporaryFolder()
  wrangler('deploy', '--dry-run', '--outdir', join(folder, 'bundle'))
  wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', join(folder, 'state'))
  const { modulesRules: _, ...workerOptions } = unstable_getMiniflareWorkerOptions('wrangler.toml').workerOptions
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      modules: true,
      scriptPath: join(folder, 'bundle', 'worker.js'),
      d1Persist: join(folder, 'state', 'v3', 'd1'),
    }),
  )
  const url = (await miniflare.ready).origin
  return {
    url,
    miniflare,
    stop: async () => {
      await miniflare.dispose()
      rmSync(folder, { recursive: true })
    },
  }
}
