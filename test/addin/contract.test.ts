import { describe, expect, test } from 'vitest'
import { broken, currentContract, publishedContract } from './contract.ts'

test('functions are append-only: a workbook of yesterday computes today', () => {
  expect(broken(publishedContract(), currentContract())).toEqual([])
})

interface Changeable {
  functions: Record<string, string[]>
  choices: Record<string, string>
}

describe('the guard sees', () => {
  const changed = (change: (contract: Changeable) => void) => {
    const copy = structuredClone(publishedContract()) as Changeable
    change(copy)
    return broken(publishedContract(), copy)
  }
  test.each([
    [
      'a reordered argument',
      changed(({ functions }) => functions.MEMORY?.reverse()),
      'WEIGHTS.MEMORY: model is not where it was.',
    ],
    [
      'a removed argument',
      changed(({ functions }) => functions.MEMORY?.pop()),
      'WEIGHTS.MEMORY: [unit] is not where it was.',
    ],
    ['a removed function', changed(({ functions }) => delete functions.MEMORY), 'WEIGHTS.MEMORY is gone.'],
    [
      'an argument that has become necessary',
      changed(({ functions }) => functions.MEMORY?.splice(2, 1, 'unit')),
      'WEIGHTS.MEMORY: [unit] is not where it was.',
    ],
    [
      'a new argument that is necessary',
      changed(({ functions }) => functions.MEMORY?.push('new')),
      'WEIGHTS.MEMORY: new is new and must be optional.',
    ],
    [
      'a renamed choice',
      changed(({ choices }) => {
        choices['MEMORY.precision'] = String(choices['MEMORY.precision']).replace('fp32', 'float32')
      }),
      'MEMORY.precision: fp32 is gone.',
    ],
  ])('%s', (_name, complaints, sentence) => expect(complaints).toContain(sentence))

  test('and takes what may be added', () => {
    expect(
      changed(({ functions, choices }) => {
        functions.MEMORY?.push('[new]')
        functions.NEW = ['model']
        choices['MEMORY.precision'] += ' int1'
      }),
    ).toEqual([])
  })
})
