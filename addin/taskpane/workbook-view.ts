import { element } from './element.ts'
import { runtime } from './runtime.ts'
import type { SheetHost } from './sheet-host.ts'
import { failure } from './shown.ts'

/** What concerns the whole workbook. */
export function workbookView(host: SheetHost, say: (message: string) => void): HTMLElement {
  const act = (action: () => Promise<string>) => () =>
    void action().then(say, (thrown) => say(failure(thrown)))
  return element(
    'div',
    {},
    element('h2', {}, 'Prices'),
    element('p', {}, 'Prices are asked once and kept; this asks for all of them again.'),
    element(
      'div',
      { class: 'actions' },
      element('button', { click: act(() => refreshPrices(host)) }, 'Refresh prices'),
    ),
    element('h2', {}, 'Formulas'),
    element(
      'p',
      {},
      'A workbook that was opened before the add-in was loaded may show #NAME? or _xldudf_WEIGHTS_ in its formulas. This writes each of them back to itself.',
    ),
    element(
      'div',
      { class: 'actions' },
      element('button', { click: act(() => host.repair()) }, 'Repair formulas'),
    ),
    element(
      'p',
      {},
      element('a', { href: 'help.html', target: '_blank', rel: 'noopener' }, 'Help and deployment'),
    ),
  )
}

export function refreshPrices(host: SheetHost): Promise<string> {
  runtime().forgetPrices()
  return host.recalculate()
}
