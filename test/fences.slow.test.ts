import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/** A project with our own configuration and nothing but the files of one test: each fence is seen to fail. */
function lines(files: Record<string, string>, tool: 'biome' | 'tsc'): string {
  const project = mkdtempSync(join(root, 'project-'))
  for (const shared of ['biome.json', 'tsconfig.base.json', 'model/tsconfig.json']) {
    cpSync(shared, join(project, shared))
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const command = { biome: ['lint', '--vcs-enabled=false', '.'], tsc: ['-p', 'model'] }[tool]
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin', tool), command, {
    cwd: project,
    encoding: 'utf8',
  })
  return stdout + stderr
}

const root = mkdtempSync(join(tmpdir(), 'fences-'))
afterAll(() => rmSync(root, { recursive: true }))

const exporting = (specifier: string) => `export { a } from '${specifier}'\n`

describe('imports', () => {
  test.each([
    ['model/', 'model/probe.ts', 'hono', 'model/ is pure'],
    ['model/', 'model/probe.ts', 'node:fs', 'model/ is pure'],
    ['model/', 'model/probe.ts', '../api/app.ts', 'model/ comes first'],
    ['model/', 'model/probe.ts', '../data/dataset.ts', 'model/ comes first'],
    ['data/', 'data/probe.ts', '../api/app.ts', 'Nothing imports api/'],
    ['cli/', 'cli/probe.ts', '../api/app.ts', 'Nothing imports api/'],
    ['addin/', 'addin/probe.ts', '../api/app.ts', 'Nothing imports api/'],
    ['dashboard/', 'dashboard/probe.ts', 'better-sqlite3', 'Only api/store/ sees the database'],
    ['data/', 'data/probe.ts', 'drizzle-orm', 'Only api/store/ sees the database'],
    ['api/ outside store/', 'api/routes/probe.ts', 'better-sqlite3', 'Only api/store/ sees the database'],
  ])('%s may not import: %s from %s', (_folder, path, specifier, sentence) => {
    expect(lines({ [path]: exporting(specifier) }, 'biome')).toContain(sentence)
  })

  test.each([
    ['model/probe.ts', 'zod'],
    ['model/deep/probe.ts', '../units.ts'],
    ['data/probe.ts', '../model/units.ts'],
    ['api/store/probe.ts', 'drizzle-orm'],
  ])('%s may import %s', (path, specifier) => {
    expect(lines({ [path]: exporting(specifier) }, 'biome')).not.toContain('noRestrictedImports')
  })

  test('no cycles', () => {
    const cycle = { 'model/a.ts': exporting('./b.ts'), 'model/b.ts': exporting('./a.ts') }
    expect(lines(cycle, 'biome')).toContain('noImportCycles')
  })
})

describe('model/ compiles without a world around it', () => {
  test.each([
    ['the page', 'export const title = document.title\n', 'TS2584'],
    ['the process', 'export const path = process.env.PATH\n', 'TS2591'],
    ['the network', "export const page = fetch('https://example.com')\n", 'TS2304'],
  ])('%s is unknown to it', (_what, text, code) => {
    expect(lines({ 'model/probe.ts': text }, 'tsc')).toContain(code)
  })

  test('a file of api/ is outside its project', () => {
    const files = { 'model/probe.ts': exporting('../api/app.ts'), 'api/app.ts': 'export const a = 1\n' }
    expect(lines(files, 'tsc')).toContain('TS6307')
  })
})
