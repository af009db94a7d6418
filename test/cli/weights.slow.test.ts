import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { positionalFields } from '../../model/fields.ts'
import { entry, ggufFile, safetensorsFile, tensorInfo } from '../model/header/files.ts'

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
  expect(list).toContain('  header FILE')
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

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const shard = (name: string) =>
    safetensorsFile(JSON.stringify({ [name]: entry('BF16', [100], 0, 200) }), 200)
  const safetensors = file('one.safetensors', shard('a'))
  file('two.safetensors', shard('b'))
  const index = file(
    'model.safetensors.index.json',
    JSON.stringify({ weight_map: { a: 'one.safetensors', b: 'two.safetensors' } }),
  )
  const gguf = file('one.gguf', ggufFile({ tensors: [tensorInfo('a', [256], 0, 0)], dataBytes: 1024 }))

  test.each([
    ['safetensors', safetensors, 100],
    ['an index of safetensors', index, 200],
    ['GGUF', gguf, 256],
  ])('header counts the parameters of %s', (_name, path, parameterCount) => {
    const { status, stdout, stderr } = weights('header', path, '--json')
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ parameterCount })
    expect(status).toBe(0)
    expect(weights('header', path).stdout).toMatch(new RegExp(`^${parameterCount} parameters\n`))
  })

  const config = JSON.stringify({
    model_type: 'llama',
    hidden_size: 8,
    intermediate_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    vocab_size: 32,
  })
  test('--config takes JSON, or the path of a file that holds it', () => {
    const inline = weights('parameters', '--config', config)
    expect(inline.stderr).toBe('')
    expect(inline.stdout).not.toBe('')
    expect(weights('parameters', '--config', `@${file('config.json', config)}`).stdout).toBe(inline.stdout)
  })

  test.each([
    [['header', join(folder, 'none.gguf')], 'none.gguf" does not exist.'],
    [['header', folder], '" is no file.'],
    [['header', file('lies.safetensors', safetensorsFile('{}', 0, 1e9))], 'file: '],
    [['header'], 'header takes one file; 0 were given.'],
    [['header', '--jsn'], "Unknown option '--jsn'. Accepted: header FILE"],
    [
      ['parameters', '--config', `@${join(folder, 'none.json')}`],
      'none.json" does not exist; accepted is a JSON object, or @FILE for a file that holds one.',
    ],
    [['parameters', '--config', '{model'], 'config: "{model" is no JSON; accepted is a JSON object'],
    [['parameters', '--config', '[1]'], 'config: "[1]" holds an array; accepted is a JSON object'],
    [['parameters', '--config', `@${gguf}`], 'one.gguf" is no JSON; accepted is a JSON object'],
  ])('%j: exit code 2 and a sentence', (arguments_, sentence) => {
    const { status, stdout, stderr } = weights(...arguments_)
    expect(stderr).toContain(sentence)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})
