/** Builds what a server serves under /addin/ into dist/addin. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundle } from './bundle.ts'
import { metadata } from './metadata.ts'

const folder = resolve(import.meta.dirname, '../dist/addin')
const write = (name: string, text: string) => writeFileSync(resolve(folder, name), text)

mkdirSync(folder, { recursive: true })
write('functions.json', `${JSON.stringify(metadata(), null, 1)}\n`)
write('functions.js', await bundle('addin/functions/main.ts'))
