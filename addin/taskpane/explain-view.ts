import { firstCall, type SheetCall } from '../functions/formula-calls.ts'
import type { SheetFunction } from '../functions/sheet-function.ts'
import { argumentValues } from './arguments.ts'
import { element } from './element.ts'
import { runtime } from './runtime.ts'
import type { SheetHost } from './sheet-host.ts'
import { failure, table } from './shown.ts'

/** The terms, sources and dates behind a formula. */
export function explainView(host: SheetHost, say: (message: string) => void): HTMLElement {
  const result = element('section', { 'aria-label': 'Explanation' })
  const formula = element('input', {
    id: 'formula',
    class: 'formula',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const explain = async () => {
    result.replaceChildren()
    try {
      result.replaceChildren(await explanationOf(formula.value, host, say))
      say('Explained below.')
    } catch (thrown) {
      say(messageOf(thrown))
    }
  }
  const read = async () => {
    formula.value = await host.selectedFormula()
    await explain()
  }
  const actions = [
    ...(host.hasWorkbook
      ? [element('button', { class: 'primary', click: () => void read() }, 'Explain selected cell')]
      : []),
    element('button', { click: () => void explain() }, 'Explain this formula'),
  ]
  formula.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') void explain()
  })
  if (host.hasWorkbook) void read()
  else formula.value = '=WEIGHTS.MEMORY(70000000000,"int4")'
  return element(
    'div',
    {},
    element('label', { for: 'formula' }, 'Formula'),
    formula,
    element('div', { class: 'actions' }, ...actions),
    result,
  )
}

const messageOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.name === 'Error' ? thrown.message : failure(thrown)

async function explanationOf(
  formula: string,
  host: SheetHost,
  say: (message: string) => void,
): Promise<Node> {
  const call = firstCall(formula)
  if (!call) throw new Error('There is no WEIGHTS function in this formula.')
  const explainer = runtime().sheetFunctions.find(({ name }) => name === 'EXPLAIN') as SheetFunction
  const cells = await argumentValues(call, (reference) => host.read(reference))
  const rows = await explainer.evaluate([call.name, ...cells], runtime().surroundings())
  const insert = () =>
    void host
      .insertOnNewSheet(`Explain ${call.name}`, explainFormula(call))
      .then(say, (thrown) => say(failure(thrown)))
  return element(
    'div',
    {},
    element('h2', {}, `WEIGHTS.${call.name}`),
    Array.isArray(rows) ? table(rows, `Explanation of ${call.name}`) : '',
    element('div', { class: 'actions' }, element('button', { click: insert }, 'Insert as table')),
  )
}

/** The table stays live: it is the same call, asked to explain itself. */
const explainFormula = (call: SheetCall): string =>
  `=WEIGHTS.EXPLAIN(${[`"${call.name}"`, ...call.arguments].join(',')})`
