import { namespace } from '../functions/namespace.ts'

/** Stands for the server's address in the files that are built; the server puts its own in its place. */
export const addressPlaceholder = 'https://weighbridge.invalid/'

/** The unified manifest takes these three and no others. */
export const obligatoryIconSizes = [16, 32, 80] as const
export const ribbonIconSizes = [16, 20, 24, 32, 40, 48, 64, 80] as const

/** A button of the group on the Formulas tab. `action` is the name that the pane gives its function. */
export interface RibbonButton {
  readonly id: string
  readonly action: string
  readonly label: string
  readonly description: string
}

/** What both manifests say: Excel reads one of them, and they must agree. */
export const addin = {
  id: '6f1f8f6c-3c0e-4b57-9d3a-6c9a0c5e7b21',
  /** Raise it when a function is added: Excel then reads functions.json anew instead of its copy of up to a day. */
  version: '1.0.1',
  provider: 'Weighbridge',
  name: 'Weighbridge',
  fullName: 'Weighbridge: rent or own model weights',
  description: 'Memory, capacity and cost of serving a model, as formulas with their sources.',
  longDescription:
    'Formulas such as =WEIGHTS.MEMORY(70e9,"int4") give the memory, capacity and cost of serving a model, computed in the sheet from dated facts. Current prices come from the Weighbridge service.',
  namespace,
  accentColor: '#0B4F6C',
  group: 'Weighbridge',
  buttons: [
    {
      id: 'Functions',
      action: 'showFunctions',
      label: 'Functions',
      description: 'Search the functions and insert one with its example.',
    },
    {
      id: 'ExplainCell',
      action: 'explainCell',
      label: 'Explain cell',
      description: 'Show the terms, sources and dates behind the selected cell.',
    },
    {
      id: 'RefreshPrices',
      action: 'refreshPrices',
      label: 'Refresh prices',
      description: 'Ask the service again for every price in the workbook.',
    },
  ] satisfies readonly RibbonButton[],
} as const

/** Where things are, below the address of the server. */
export const addresses = (base: string) => ({
  taskpane: `${base}addin/taskpane.html`,
  script: `${base}addin/functions.js`,
  metadata: `${base}addin/functions.json`,
  help: `${base}addin/help.html`,
  icon: (size: number) => `${base}addin/icons/${size}.png`,
  site: base,
})
