import { readdirSync, readFileSync } from 'node:fs'
import { bundle } from './bundle.ts'
import { outlineIcon, tileIcon } from './icons/icon.ts'
import { manifestJson } from './manifest/json.ts'
import { addressPlaceholder, ribbonIconSizes } from './manifest/record.ts'
import { manifestXml } from './manifest/xml.ts'
import { metadata } from './metadata.ts'
import { sheetsCode } from './sheets/code.ts'

/** The files of /addin/ by name. */
export type Files = ReadonlyMap<string, string | Uint8Array>

const pages = new URL('pages/', import.meta.url)
const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`

/** Everything that a server serves under /addin/. */
export async function addinFiles(): Promise<Files> {
  return new Map<string, string | Uint8Array>([
    ...readdirSync(pages).map((name) => [name, readFileSync(new URL(name, pages), 'utf8')] as const),
    ['functions.json', json(metadata())],
    ['functions.js', await bundle('addin/functions/main.ts')],
    ['taskpane.js', await bundle('addin/taskpane/main.ts')],
    ['Code.gs', await sheetsCode(addressPlaceholder)],
    ['manifest.xml', manifestXml(addressPlaceholder)],
    ['manifest.json', json(manifestJson(addressPlaceholder))],
    ...ribbonIconSizes.map((size) => [`icons/${size}.png`, tileIcon(size)] as const),
    ['color.png', tileIcon(192)],
    ['outline.png', outlineIcon(32)],
  ])
}
