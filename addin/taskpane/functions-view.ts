import type { Filling, SheetFunction } from '../functions/sheet-function.ts'
import { written } from '../functions/written.ts'
import { element } from './element.ts'
import { runtime } from './runtime.ts'
import type { SheetHost } from './sheet-host.ts'
import { content, failure, table } from './shown.ts'

/** Search, choose with the arrow keys, insert with Enter. */
export function functionsView(host: SheetHost, say: (message: string) => void): HTMLElement {
  const list = element('ul', { role: 'listbox', id: 'functions', 'aria-label': 'Functions' })
  const details = element('section', { 'aria-live': 'polite', 'aria-label': 'Selected function' })
  const search = element('input', {
    id: 'search',
    type: 'search',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'true',
    'aria-controls': 'functions',
    'aria-autocomplete': 'list',
  })
  let found: readonly SheetFunction[] = []
  let chosen = 0

  const choose = (index: number) => {
    chosen = Math.max(0, Math.min(index, found.length - 1))
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(place === chosen))
    }
    const option = list.children[chosen]
    search.setAttribute('aria-activedescendant', option?.id ?? '')
    option?.scrollIntoView({ block: 'nearest' })
    const one = found[chosen]
    details.replaceChildren(...(one ? [description(one, host, say)] : []))
  }
  const filter = () => {
    found = runtime().sheetFunctions.filter((one) => matches(one, search.value))
    list.replaceChildren(
      ...found.map((one, index) =>
        element(
          'li',
          { role: 'option', id: `function-${one.name}`, click: () => choose(index) },
          one.name,
          element('span', {}, one.description),
        ),
      ),
    )
    say(found.length === 1 ? '1 function' : `${found.length} functions`)
    choose(0)
  }
  search.addEventListener('input', filter)
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowDown') choose(chosen + 1)
    if (key === 'ArrowUp') choose(chosen - 1)
    const one = found[chosen]
    if (key === 'Enter' && one) void insert(one, host, say)
  })
  filter()
  return element('div', {}, element('label', { for: 'search' }, 'Search functions'), search, list, details)
}

const matches = ({ name, description: text, parameters }: SheetFunction, asked: string): boolean =>
  [name, text, ...parameters.map((parameter) => parameter.name)]
    .join(' ')
    .toLowerCase()
    .includes(asked.trim().toLowerCase())

function description(one: SheetFunction, host: SheetHost, say: (message: string) => void): HTMLElement {
  const formula = written(one.name, one.example)
  const result = element('div', {}, '…')
  void exampleResult(one).then((shown) => result.replaceChildren(shown))
  return element(
    'div',
    {},
    element('h2', {}, signature(one)),
    element('p', {}, one.description),
    element('p', { class: 'formula' }, formula),
    result,
    element(
      'div',
      { class: 'actions' },
      element('button', { class: 'primary', click: () => void insert(one, host, say) }, 'Insert example'),
    ),
    element(
      'dl',
      {},
      ...one.parameters.flatMap((parameter, index) => {
        const text = element('dd', {}, parameter.description)
        void described(one.name, index).then((said) => said && text.replaceChildren(said))
        return [element('dt', {}, parameter.optional ? `[${parameter.name}]` : parameter.name), text]
      }),
    ),
  )
}

interface Metadata {
  readonly functions: readonly { name: string; parameters: readonly { description: string }[] }[]
}
let metadata: Promise<Metadata> | undefined

/** What functions.json says of an argument: the script itself carries only its title. */
async function described(name: string, index: number): Promise<string | undefined> {
  metadata ??= fetch('functions.json').then((response) => response.json())
  const { functions } = await metadata.catch(() => ({ functions: [] }))
  return functions.find((one) => one.name === name)?.parameters[index]?.description
}

const signature = ({ name, parameters }: SheetFunction): string => {
  const names = parameters.map((one) => (one.optional ? `[${one.name}]` : one.name))
  const repeating = parameters.at(-1)?.repeating ? ', …' : ''
  return `WEIGHTS.${name}(${names.join(', ')}${repeating})`
}

const insert = async (one: SheetFunction, host: SheetHost, say: (message: string) => void): Promise<void> => {
  await host.insert(written(one.name, one.example), 'General').then(say, (thrown) => say(failure(thrown)))
}

async function exampleResult(one: SheetFunction): Promise<Node> {
  try {
    return shown(await one.evaluate(one.example, runtime().surroundings()))
  } catch (thrown) {
    return element('p', { class: 'value' }, failure(thrown))
  }
}

function shown(filling: Filling): Node {
  if (typeof filling !== 'object') return element('p', { class: 'value' }, content(filling))
  if (!('properties' in filling)) return table(filling, 'Result of the example')
  const rows = Object.entries(filling.properties)
  return table([['Property', 'Value'], ...rows], 'Card of the example')
}
