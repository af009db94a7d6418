import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { positionalFields } from '../../model/fields.ts'

const weights = (...arguments_: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/weights.ts', ...arguments_], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const facts = withBook(bundledFacts('2026-11-25'))

describe('every example answers the same on the command line', () => {
  test.each(
    catalog.flatMap((calculation) =>
      calculation.examples.map(
        (example) => [`${calculation.id} ${JSON.stringify(example.input)}`, calculation, example] as const,
      ),
    ),
  )('%s', (_name, calculation, { input }) => {
    const options = Object.entries(input).map(
      ([name, value]) => `--${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
    )
    const { stdout, stderr } = weights(calculation.id, ...options, '--json')
    expect(stderr).toBe('')
    const { value, unit } = answer(calculation, prepare(calculation, input), facts)
    expect(JSON.parse(stdout)).toMatchObject({ value, unit })
  })
})

test('arguments by position are those of a cell', () => {
  expect(weights('memory', '70e9', 'int4').stdout).toMatch(/^35 GB\n/)
})

test('--help lists every calculation, and every field of one', () => {
  const list = weights('--help').stdout
  for (const calculation of catalog) {
    expect(list).toContain(`  ${calculation.id}`)
  }
  const [first] = catalog
  if (!first) throw new Error('the catalog is empty')
  const help = weights(first.id, '--help').stdout
  for (const field of positionalFields(first)) expect(help).toContain(`--${field.name}`)
})

describe('bad input: exit code 2 and a sentence', () => {
  test.each([
    [['memory', '-5', 'int4'], 'model: -5 must be above 0.'],
    [['memory', 'NaN', 'int4'], 'model: there is no model "NaN".'],
    [['memory', '1e400', 'int4'], 'model: Infinity'],
    [['memory', '70e9', 'int44'], 'Did you mean "int4"?'],
    [['memory', '--modle', '70e9'], 'memory has no option "--modle". Did you mean "model"?'],
    [
      ['memory', '1', 'int4', 'GB', '4'],
      'memory takes at most 3 arguments (model, precision, unit); 4 were given.',
    ],
    [['memory', '--model'], '--model needs a value'],
    [['memry', '1'], 'There is no calculation "memry". Did you mean "memory"?'],
    [['gpus-needed', '140', 'h100sxm'], 'gpu: there is no GPU "h100sxm". Did you mean "h100-sxm-80gb"?'],
  ])('%j', (arguments_, sentence) => {
    const { status, stdout, stderr } = weights(...arguments_)
    expect(stderr).toContain(sentence)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})
