import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'

/** LibreOffice with a profile of its own, which nothing was ever installed in. */
export class LibreOffice {
  readonly folder = mkdtempSync(join(tmpdir(), 'weighbridge-calc-'))
  readonly #own = [
    `-env:UserInstallation=file://${this.folder}/profile`,
    // Root may only install for all users: those of this folder.
    `-env:UNO_SHARED_PACKAGES_CACHE=file://${this.folder}/shared`,
  ]

  constructor() {
    mkdirSync(join(this.folder, 'shared'))
    mkdirSync(join(this.folder, 'profile', 'user'), { recursive: true })
    // Trust no value that a file brings along: everything is computed anew.
    writeFileSync(join(this.folder, 'profile', 'user', 'registrymodifications.xcu'), recalculateAlways)
  }

  async install(extension: Uint8Array): Promise<void> {
    const path = join(this.folder, 'weights.oxt')
    writeFileSync(path, extension)
    await this.#run('unopkg', ['add', '--shared', '-f', ...this.#own, path])
  }

  /** The values of all sheets of a workbook, after LibreOffice computed them from nothing. */
  async recalculated(workbook: Uint8Array): Promise<ReadonlyMap<string, readonly (readonly unknown[])[]>> {
    const path = join(this.folder, 'book.xlsx')
    writeFileSync(path, workbook)
    await this.#run('soffice', [
      ...this.#own,
      '--headless',
      '--convert-to',
      'xlsx',
      '--outdir',
      join(this.folder, 'out'),
      path,
    ])
    const { sheets } = await readXlsx(readFileSync(join(this.folder, 'out', 'book.xlsx')))
    return new Map(sheets.map(({ name, rows }) => [name, rows]))
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #run(program: string, arguments_: readonly string[]): Promise<void> {
    const child = spawn(program, arguments_, {
      env: { ...process.env, HOME: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (data) => {
      said += data
    })
    child.stderr.on('data', (data) => {
      said += data
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`)
  }
}

const recalculateAlways = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`
