import { mkdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { dashboardFiles } from '../../dashboard/files.ts'
import { localApp } from '../api/local-app.ts'

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** Where the pictures go that somebody looks at. */
const pictures = process.env.PICTURES

/** The dashboard in real Chromium, served by the real service. */
export interface Boards {
  readonly address: string
  open(options?: BrowserContextOptions, prepare?: (page: Page) => unknown, path?: string): Promise<Page>
  close(): Promise<void>
}

export async function boards(): Promise<Boards> {
  const files = await dashboardFiles()
  const app = localApp(async (name) => {
    const built = files.get(name.replace('dashboard/', ''))
    const content = built ?? (await readFileOrNull(name))
    return content === null ? null : Uint8Array.from(Buffer.from(content))
  })
  const { server, address } = await listening(app.fetch)
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  return {
    address,
    async open(options = {}, prepare = () => {}, path = '') {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options })
      const page = await context.newPage()
      await prepare(page)
      await page.goto(new URL(path, address).href)
      await page.waitForFunction(() => document.querySelectorAll('datalist option').length > 0)
      return page
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

const readFileOrNull = async (name: string): Promise<Buffer | null> => {
  try {
    return readFileSync(`api/pages/static/${name}`)
  } catch {
    return null
  }
}

const listening = (fetch: (request: Request) => Response | Promise<Response>) =>
  new Promise<{ server: ServerType; address: string }>((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve({ server, address: `http://127.0.0.1:${port}/` }),
    )
  })

/** What axe finds: the rule and the first element that breaks it. */
export const violations = (page: Page): Promise<string[]> =>
  page.evaluate(
    `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
  )

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

/** The input of one field of the form. */
export const field = (page: Page, name: string) => page.locator(`#field-${name}`)

export const verdict = (page: Page) => page.locator('h1').textContent()

/** Waits for words anywhere on the page. */
export const until = (page: Page, words: RegExp) =>
  page.waitForFunction((source) => new RegExp(source).test(document.body.textContent ?? ''), words.source)

/** A rent at which own copies win: it holds for one GPU, which must be named. */
export async function cheapRent(page: Page): Promise<void> {
  await field(page, 'gpu').fill('h100-sxm-80gb')
  await field(page, 'usdPerGpuHour').fill('0.2')
}
