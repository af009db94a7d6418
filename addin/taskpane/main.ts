/** The task pane; in a browser without Excel it is a preview of itself. */
import { element } from './element.ts'
import { excel } from './excel-host.ts'
import { explainView } from './explain-view.ts'
import { functionsView } from './functions-view.ts'
import { runtime } from './runtime.ts'
import { preview, type SheetHost } from './sheet-host.ts'
import { failure } from './shown.ts'
import { refreshPrices, workbookView } from './workbook-view.ts'

const views = { Functions: functionsView, 'Explain cell': explainView, Workbook: workbookView } as const
type ViewName = keyof typeof views
const viewNames = Object.keys(views) as ViewName[]

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no ${id}.`)
  return found
}
const say = (message: string): void => {
  part('message').textContent = message
}

function show(name: ViewName, host: SheetHost): void {
  for (const tab of part('tabs').children) {
    const selected = tab.textContent === name
    tab.setAttribute('aria-selected', String(selected))
    tab.setAttribute('tabindex', selected ? '0' : '-1')
  }
  say('')
  const view = part('view')
  view.setAttribute('aria-labelledby', tabId(name))
  view.replaceChildren(views[name](host, say))
}

const tabId = (name: ViewName): string => `tab-${viewNames.indexOf(name)}`

function tabs(host: SheetHost): HTMLElement[] {
  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = (index + step + viewNames.length) % viewNames.length
    show(viewNames[next] as ViewName, host)
    part(`tab-${next}`).focus()
  }
  return viewNames.map((name, index) =>
    element(
      'button',
      {
        role: 'tab',
        id: tabId(name),
        'aria-controls': 'view',
        click: () => show(name, host),
        keydown: (event) => move(event as KeyboardEvent, index),
      },
      name,
    ),
  )
}

/** The buttons of the ribbon; their names are those of the manifest. */
function associateRibbon(host: SheetHost): void {
  const open = (name: ViewName) => async (event: Office.AddinCommands.Event) => {
    await Office.addin.showAsTaskpane()
    show(name, host)
    event.completed()
  }
  Office.actions.associate('showFunctions', open('Functions'))
  Office.actions.associate('explainCell', open('Explain cell'))
  Office.actions.associate('refreshPrices', async (event: Office.AddinCommands.Event) => {
    await refreshPrices(host).then(say, (thrown) => say(failure(thrown)))
    event.completed()
  })
}

async function showStatus(): Promise<void> {
  const { facts, ask } = runtime().surroundings()
  const data = `Data ${facts.version}`
  part('status').textContent = data
  const prices = await ask({ id: 'bits', input: { precision: 'bf16' } }).then(
    ({ dataset }) => (dataset.pricesAsOf === null ? 'no prices yet' : `prices as of ${dataset.pricesAsOf}`),
    () => 'prices not reached',
  )
  part('status').textContent = `${data} · ${prices}`
}

/** Excel's own theme counts more than the system's. */
function followTheme(): void {
  const theme = Office.context?.officeTheme
  if (theme?.isDarkTheme !== undefined)
    document.documentElement.dataset.theme = theme.isDarkTheme ? 'dark' : 'light'
}

async function hostAround(): Promise<SheetHost> {
  if (typeof Office === 'undefined') return preview
  const { host } = await Office.onReady()
  return host === Office.HostType.Excel ? excel : preview
}

async function start(): Promise<void> {
  const host = await hostAround()
  if (host.hasWorkbook) {
    followTheme()
    associateRibbon(host)
  }
  part('tabs').replaceChildren(...tabs(host))
  show('Functions', host)
  await showStatus()
}

void start()
