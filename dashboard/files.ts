import { resolve } from 'node:path'
import { build } from 'vite'

/** What a server serves under /static/dashboard/, by name: the script, its planner and its stylesheet. */
export async function dashboardFiles(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const root = import.meta.dirname
  const built = await build({
    root,
    base: '/static/dashboard/',
    configFile: false,
    logLevel: 'warn',
    // The reader of CSV has a build that needs no Buffer of Node's.
    resolve: { alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' } },
    json: { stringify: true },
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      assetsDir: '.',
      rollupOptions: {
        input: resolve(root, 'main.ts'),
        output: { entryFileNames: 'main.js', assetFileNames: '[name][extname]' },
      },
    },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  return new Map(outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}
