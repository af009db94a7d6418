import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, test } from 'vitest'

const node = 'node_modules/.bin/node'
const plan = (...flags: string[]) => spawnSync(node, ['cli/plan.ts', ...flags], { encoding: 'utf8' })

describe('plan', () => {
  test('with nothing given answers for the shipped sample, verdict first', () => {
    const { stdout, status } = plan()
    expect(status).toBe(0)
    expect(stdout.split('\n')[2]).toMatch(/^(Buy tokens|Rent GPUs|Buy servers): /)
    for (const title of [
      'Break-even',
      'What would change the verdict first',
      'Cost against volume',
      'Assumed',
      'Dates',
    ]) {
      expect(stdout).toContain(title)
    }
  })

  test.each(['--json', '--csv', '--markdown'])('%s', (form) => {
    const { stdout, status } = plan(form)
    expect(status).toBe(0)
    if (form === '--json') expect(JSON.parse(stdout).result.comparison.options.length).toBeGreaterThan(3)
    if (form === '--csv') {
      expect(stdout).toMatch(/^option,kind,line,quantity/)
      // Strict: every row has as many cells as the header.
      expect(parse(stdout).length).toBeGreaterThan(10)
    }
    if (form === '--markdown') expect(stdout).toMatch(/^# meta-llama/)
  })

  const broken = join(tmpdir(), `weighbridge-broken-${process.pid}.csv`)
  writeFileSync(broken, 'TIMESTAMP,ContextTokens,GeneratedTokens\n0,1,1\n1,x,1\n')
  afterAll(() => rmSync(broken))
  test.each([
    [['--modle', 'x'], 'Did you mean "model"?'],
    [['--model', 'meta-llama/Llama-3.3-70B-Instuct'], 'Did you mean "meta-llama/Llama-3.3-70B-Instruct"?'],
    [['--trace', '/no/such/file'], '--trace: "/no/such/file" cannot be read'],
    [['--trace', broken], 'trace: line 3, column ContextTokens (input tokens): "x" must be a whole number'],
    [['--gpu', 'h101-sxm-80gb'], 'Did you mean "h100-sxm-80gb"?'],
    [['--gpu-price', '-1'], 'gpu-price'],
    [['--json', '--csv'], '--json and --csv: one form at a time.'],
    [['--gpu-price', '2'], 'gpu is missing: a rent or a measured speed holds for one GPU'],
    [['--tokens-per-second', '2000'], 'gpu is missing: a rent or a measured speed holds for one GPU'],
    [['--as-of', 'yesterday'], '--as-of: "yesterday" is no day; accepted is YYYY-MM-DD.'],
    [['--as-of', '2020-01-01'], 'asOf: no data before 20'],
    [['--precision', 'fp9'], '--precision: "fp9" is not accepted.'],
    [['--week', 'always'], '--week: "always" is no week'],
  ])('%j is refused in a sentence', (flags, sentence) => {
    const { status, stderr } = plan(...flags)
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
  })
})
