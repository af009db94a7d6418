import { html, raw } from 'hono/html'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { form } from '../../dashboard/form.ts'
import { boardId, type PageData, pageDataId } from '../../dashboard/page-data.ts'
import { LiveBoard } from '../../dashboard/views/live-board.ts'
import { shell } from './shell.ts'

/** The dashboard, drawn with an answer already; its script takes over from there. */
export function boardPage(shown: Omit<PageData, 'form'>) {
  const data: PageData = { ...shown, form }
  return shell({
    title: 'Rent the weights or own a copy?',
    folder: 'dashboard',
    body: html`<div id="${boardId}">${raw(renderToString(h(LiveBoard, { data })))}</div>
<script type="application/json" id="${pageDataId}">${raw(withoutTags(JSON.stringify(data)))}</script>`,
  })
}

/** No text inside may end the element that it stands in. */
const withoutTags = (json: string): string => json.replaceAll('<', '\\u003c')
