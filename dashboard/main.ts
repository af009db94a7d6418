/** The dashboard in the browser: takes over the page that the server has drawn. */
import './dashboard.css'
import { h, hydrate } from 'preact'
import { boardId, type PageData, pageDataId } from './page-data.ts'
import { LiveBoard } from './views/live-board.ts'

const data: PageData = JSON.parse(document.getElementById(pageDataId)?.textContent ?? '')
const board = document.getElementById(boardId)
if (board) hydrate(h(LiveBoard, { data }), board)
