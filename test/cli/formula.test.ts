import { describe, expect, test } from 'vitest'
import type { Surroundings } from '../../addin/functions/sheet-function.ts'
import { written } from '../../addin/functions/written.ts'
import { evaluateFormula } from '../../cli/formula/formula.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { calculationOf } from '../../model/catalog.ts'
import { answerOf, cellExamples, modelValue } from '../addin/examples.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const surroundings: Surroundings = {
  facts,
  async ask({ id, input }) {
    const calculation = calculationOf(id)
    if (!calculation) throw new Error(id)
    return answerOf(calculation, input, facts)
  },
}
const value = (formula: string) => evaluateFormula(formula, surroundings)

describe('native and WEIGHTS functions in one formula', () => {
  test.each([
    ['=ROUNDUP(WEIGHTS.MEMORY(405e9,"bf16")/80,0)', 11],
    ['=weights.memory(7*10^10,"int"&4)', 35],
    ['=WEIGHTS.GPUSNEEDED(WEIGHTS.MEMORY(405e9,"bf16"),"h100-sxm-80gb")', 10],
    ['=IFERROR(WEIGHTS.MEMORY(1,"no such"),"bad")', 'bad'],
    ['=IF(ISNA(WEIGHTS.MEMORY("nobody/nothing","int4")),"unknown","known")', 'unknown'],
    ['=SUM(WEIGHTS.SENSITIVITY("memory","precision",{"int4","bf16"},70e9))', 175],
    ['="WEIGHTS.MEMORY(1,2)"&" is text, ""quoted"""', 'WEIGHTS.MEMORY(1,2) is text, "quoted"'],
    ['=WEIGHTS.MEMORY(70e9,,)&""', '#VALUE! precision is missing'],
  ] as const)('%s', async (formula, expected) => {
    const shown = await value(formula).catch((error: Error) => `#VALUE! ${error.message}`)
    if (typeof expected === 'string' && expected.startsWith('#')) expect(shown).toContain(expected)
    else expect(shown).toBe(expected)
  })

  test('an error says whose sentence it is', async () => {
    await expect(value('=1+WEIGHTS.MEMORY(70e9,"int44")')).rejects.toMatchObject({
      code: '#VALUE!',
      message: expect.stringContaining('Did you mean "int4"?'),
    })
    await expect(value('=WEIGHTS.MEMORY(1/0,"int4")')).rejects.toThrow('holds #DIV/0!')
    await expect(value('=WEIGHTS.MEMRY(1)')).rejects.toThrow('There is no function WEIGHTS.MEMRY')
    await expect(value('=WEIGHTS.MEMORY(1,2,3,4)')).rejects.toThrow('at most 3 arguments; 4 were given')
    await expect(value('=1/0')).rejects.toThrow('#DIV/0!')
    await expect(value('=NOSUCH(1)')).rejects.toThrow('#NAME?')
    await expect(value('=WEIGHTS.MEMORY(1')).rejects.toThrow('A bracket is not closed.')
  })
})

test.each(['1/3', '2^0.5', '-1/7', '1E+300/3', '1E-200/3', '0', '123456789012.345678'])(
  'no digit of %s is lost',
  async (expression) => {
    expect(await value(`=${expression}`)).toBe(new Function(`return ${expression.replace('^', '**')}`)())
  },
)

test.each(cellExamples)('with a native function around it: %s', async (_name, example) => {
  const call = written(example.name, example.cells).slice(1)
  expect(await value(`=IFERROR(${call},"unknown")`)).toBe(modelValue(example, facts) ?? 'unknown')
})
