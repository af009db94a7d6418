import { readFileSync } from 'node:fs'
import type { Files } from './files.ts'

const hosted = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js'
const source = new URL('../node_modules/@microsoft/office-js/dist/', import.meta.url)

/** The parts of office.js that Excel loads, in English. */
const parts = [
  'office.js',
  'excel-win32-16.01.js',
  'excel-web-16.00.js',
  'excel-mac-16.00.js',
  'o15apptofilemappingtable.js',
  'en-us/office_strings.js',
]

/** The same files with office.js beside them, and the pane asking for that one. */
export const withOfficeJs = (files: Files): Files =>
  new Map<string, string | Uint8Array>([
    ...files,
    ...parts.map((name) => [`office/${name}`, readFileSync(new URL(name, source))] as const),
    ['taskpane.html', String(files.get('taskpane.html')).replace(hosted, 'office/office.js')],
  ])
