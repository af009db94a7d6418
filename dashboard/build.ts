/** `npm run build`: the dashboard's files to where both servers find them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dashboardFiles } from './files.ts'

const folder = resolve(import.meta.dirname, '../api/pages/static/dashboard')
const files = await dashboardFiles()
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [name, content] of files) writeFileSync(resolve(folder, name), content)
