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

/** Node's server, as `npm start` starts it, by default on a free port. @throws Error with what it said if it stops. */
export async function startNode(databasePath: string, port = '0'): Promise<RunningServer> {
  const server = spawn(process.execPath, ['api/node.ts'], {
    env: { ...process.env, PORT: port, HOST: '127.0.0.1', WEIGHBRIDGE_DB: databasePath },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  server.stderr.on('data', (data) => {
    complaint += data
  })
  const url = await new Promise<string>((resolve, reject) => {
    server.once('close', (code) => reject(new Error(`The server stopped with ${code}: ${complaint}`)))
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
export async function startWorker(
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningServer & { readonly miniflare: Miniflare }> {
  const folder = temporaryFolder()
  wrangler('deploy', '--dry-run', '--outdir', join(folder, 'bundle'))
  wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', join(folder, 'state'))
  const { modulesRules: _, ...options } = unstable_getMiniflareWorkerOptions('wrangler.toml').workerOptions
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      ...options,
      bindings: { ...Object(options.bindings), ...variables },
      modules: true,
      modulesRoot: join(folder, 'bundle'),
      scriptPath: join(folder, 'bundle', 'worker.js'),
    }),
    resourcePersistencePath: join(folder, 'state', 'v3'),
  })
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
