import { h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Plan } from '../../model/compare/plan.ts'
import type { Drawn } from '../draw.ts'
import type { Picture, Seen, Sources } from '../pictures/picture.ts'
import { DataTable } from './data-table.ts'

interface PictureViewProps {
  readonly picture: Picture
  readonly answer: Plan
  readonly sources: Sources
}

/** A picture of what the answer holds, or of what is found beside it; the last one stays until there is another. */
export function PictureView({ picture, answer, sources }: PictureViewProps) {
  const [seen, see] = useState<Seen<unknown> | null>(null)
  const { find } = picture
  useEffect(() => {
    if (!find) return
    let isOver = false
    find(answer, sources).then(
      (found) => isOver || see(found === null ? null : { answer, found }),
      () => isOver || see(null),
    )
    return () => {
      isOver = true
    }
  }, [answer, sources])
  const shown = find ? seen : { answer, found: null }
  const title = shown && picture.title(shown)
  return shown && title ? h(Figure, { picture, title, seen: shown }) : null
}

interface FigureProps {
  readonly picture: Picture
  readonly title: string
  readonly seen: Seen<unknown>
}

/** A title that says what is seen, the picture, the table behind it, and both to take away. */
function Figure({ picture, title, seen }: FigureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<Drawn | null>(null)
  useEffect(() => {
    let isOver = false
    void import('../draw.ts').then(({ draw }) => {
      if (isOver || !canvas.current) return
      drawn.current = draw({ canvas: canvas.current, picture, seen, before: drawn.current })
    })
    return () => {
      isOver = true
    }
  }, [seen.answer, seen.found])
  return h(
    'figure',
    { class: 'picture', id: picture.id },
    h('figcaption', null, title),
    h('div', { class: 'canvas' }, h('canvas', { ref: canvas, role: 'img', 'aria-label': title })),
    h(
      'details',
      null,
      h('summary', null, 'The figures'),
      h(DataTable, { name: title, ...picture.table(seen) }),
    ),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'button', class: 'quiet', onClick: () => drawn.current?.savePng() }, 'PNG'),
      h('button', { type: 'button', class: 'quiet', onClick: () => drawn.current?.saveCsv() }, 'CSV'),
    ),
  )
}
