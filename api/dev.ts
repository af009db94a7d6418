import { spawn } from 'node:child_process'

/** Both servers in watch mode: Node's on PORT or 8787, the Worker on the port after it, with a D1 of its own. */
const port = Number(process.env.PORT ?? 8787)
const wrangler = ['node_modules/wrangler/bin/wrangler.js']
const run = (args: readonly string[]) => spawn(process.execPath, args, { stdio: 'inherit' })

await new Promise((migrated) => {
  run([...wrangler, 'd1', 'migrations', 'apply', 'DB', '--local']).once('exit', migrated)
})
const servers = [
  run(['--watch', 'api/node.ts']),
  run([...wrangler, 'dev', '--port', String(port + 1), '--show-interactive-dev-session=false']),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const server of servers) server.kill(signal)
  })
}
