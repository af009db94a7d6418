import { expect, test } from 'vitest'
import { readHeader } from '../../../model/header/read-header.ts'
import { InputProblem } from '../../../model/problem.ts'
import { lies } from './lying-files.ts'

const small = lies.filter(({ reader }) => (reader().size ?? 0) < 20e6)

test('there are fifty lies or more', () => {
  expect(lies.length).toBeGreaterThanOrEqual(50)
})

test.each(small.map((lie) => [lie.name, lie] as const))(
  '%s is refused with a sentence',
  async (_name, lie) => {
    const refused = await readHeader(lie.reader()).then(
      () => null,
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(InputProblem)
    const sentence = refused instanceof InputProblem ? refused.message : ''
    expect(sentence).toMatch(lie.says)
    expect(sentence).toMatch(/^file: .*\.$/)
  },
)
