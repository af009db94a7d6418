/**
 * `npm run --silent formula -- '=ROUNDUP(WEIGHTS.MEMORY(405e9,"bf16")/80,0)'`: what a cell with this formula shows,
 * without a spreadsheet. Exit code 2 for an error, which is printed with its sentence.
 */
import { SheetError } from '../addin/functions/sheet-error.ts'
import type { CellContent } from '../addin/functions/sheet-function.ts'
import { answer, prepare } from '../model/calculation.ts'
import { calculationOf } from '../model/catalog.ts'
import { currentFacts } from './facts.ts'
import { evaluateFormula } from './formula/formula.ts'

const shown = (content: CellContent): string => {
  if (content instanceof SheetError) return `${content.code} ${content.message}`
  return typeof content === 'boolean' ? String(content).toUpperCase() : String(content)
}

async function main(formula: string | undefined): Promise<number> {
  if (formula === undefined) {
    console.error(`Usage: npm run --silent formula -- '=WEIGHTS.MEMORY(70e9,"int4")'`)
    return 2
  }
  const facts = currentFacts()
  try {
    const value = await evaluateFormula(formula, {
      facts,
      async ask({ id, input }) {
        const calculation = calculationOf(id)
        if (!calculation) throw new Error(`there is no calculation ${id}`)
        return answer(calculation, prepare(calculation, input), facts)
      },
    })
    console.log(
      typeof value === 'object' ? value.map((row) => row.map(shown).join('\t')).join('\n') : shown(value),
    )
    return 0
  } catch (thrown) {
    console.log(thrown instanceof SheetError ? shown(thrown) : (thrown as Error).message)
    return 2
  }
}

process.exitCode = await main(process.argv[2])
