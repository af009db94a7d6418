import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Plan } from '../../model/compare/plan.ts'
import type { Drawn } from '../draw.ts'
import type { Picture } from '../pictures/picture.ts'
import { DataTable } from './data-table.ts'

/** A picture with a title that says what is seen, the table behind it, and both to take away. */
export function PictureView({ picture, answer }: { readonly picture: Picture; readonly answer: Plan }) {
  const title = picture.title(answer)
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<Drawn | null>(null)
  useEffect(() => {
    let isGone = false
    void import('../draw.ts').then(({ draw }) => {
      if (isGone || !canvas.current) return
      drawn.current = draw({ canvas: canvas.current, picture, answer, before: drawn.current })
    })
    return () => {
      isGone = true
    }
  }, [answer])
  if (title === null) return null
  const table = picture.table(answer)
  return h(
    'figure',
    { class: 'picture', id: picture.id },
    h('figcaption', null, title),
    h('div', { class: 'canvas' }, h('canvas', { ref: canvas, role: 'img', 'aria-label': title })),
    h('details', null, h('summary', null, 'The figures'), h(DataTable, { name: title, ...table })),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onClick: () => drawn.current?.savePng() }, 'PNG'),
      h('button', { type: 'button', class: 'quiet', onClick: () => drawn.current?.saveCsv() }, 'CSV'),
    ),
  )
}
