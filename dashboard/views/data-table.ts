import { type ComponentChildren, h } from 'preact'

export interface DataTableProps {
  /** What a screen reader calls it. */
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Rows whose first cell is their name. */
export const DataTable = ({ name, columns, rows }: DataTableProps) =>
  h(
    Scrolled,
    { name },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.map(([first, ...cells]) =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, first),
            cells.map((cell) => h('td', null, cell)),
          ),
        ),
      ),
    ),
  )

/** What is wider than the page scrolls by itself, by keyboard too. */
export const Scrolled = ({
  name,
  children,
}: {
  readonly name: string
  readonly children?: ComponentChildren
}) => h('div', { class: 'wide', role: 'region', 'aria-label': name, tabIndex: 0 }, children)
