/**
 * `npm run build`: the files of /addin/ to where both servers find them. With `OFFICE_JS=bundled` Microsoft's office.js is taken from
 * the npm package, for a network that is closed; Microsoft does not support that.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { addinFiles } from './files.ts'
import { withOfficeJs } from './office-js.ts'

const folder = resolve(import.meta.dirname, '../api/pages/static/addin')
const built = await addinFiles()
const files = process.env.OFFICE_JS === 'bundled' ? withOfficeJs(built) : built

rmSync(folder, { recursive: true, force: true })
for (const [name, content] of files) {
  const path = resolve(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
