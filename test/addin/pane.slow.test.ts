import { mkdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addinFiles } from '../../addin/files.ts'
import { addinRoutes } from '../../api/routes/addin.ts'
import { describeWith } from '../needs.ts'

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** Where the pictures go that somebody looks at. */
const pictures = process.env.PICTURES

describeWith('Chromium', 'the pane as a preview page', () => {
  let browser: Browser
  let server: ServerType
  let address = ''

  beforeAll(async () => {
    const files = await addinFiles()
    const addinFile = async (name: string) => {
      const content = files.get(name)
      return content === undefined ? null : Uint8Array.from(Buffer.from(content))
    }
    const app = new Hono()
    app.route('/addin', addinRoutes({ addinFile }))
    app.post('/v1/batch', (c) =>
      c.json({
        results: [{ id: 'bits', value: 16, dataset: { version: 'test', pricesAsOf: '2026-11-24' } }],
      }),
    )
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0 }, ({ port }: AddressInfo) => {
        address = `http://localhost:${port}/addin/taskpane.html`
        resolve()
      })
    })
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    server.close()
  })

  async function open({
    width = 350,
    colorScheme = 'light' as 'light' | 'dark',
    forced = false,
  } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      forcedColors: forced ? 'active' : 'none',
    })
    const page = await context.newPage()
    // Microsoft's script is not there: the page must do without it.
    await page.route('https://appsforoffice.microsoft.com/**', (route) => route.abort())
    await page.goto(address)
    await page.waitForSelector('[role=option]')
    return page
  }

  const picture = async (page: Page, name: string): Promise<void> => {
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }

  const violations = (page: Page): Promise<string[]> =>
    page.evaluate(
      `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
    )

  test('search, read and insert by keyboard alone', async () => {
    const page = await open()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search')
    await page.keyboard.type('gpusneeded')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await page.textContent('h2')).toContain('WEIGHTS.GPUSNEEDED(memoryGb, gpu, [usableShare])')
    expect(await page.textContent('.value')).toBe('2')
    await page.waitForFunction(() => document.querySelector('dd')?.textContent?.includes('GB of 10^9 bytes'))
    await page.keyboard.press('Enter')
    await page.waitForFunction(() =>
      document.querySelector('#message')?.textContent?.includes('=WEIGHTS.GPUSNEEDED(140,'),
    )
    await page.context().close()
  })

  test('explain by keyboard alone', async () => {
    const page = await open()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('formula')
    await page.keyboard.press('Enter')
    await page.waitForSelector('table')
    expect(await page.textContent('table')).toContain('bits per weight')
    await page.fill('#formula', '=WEIGHTS.MEMORY(A1*2,"int4")')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() =>
      document.querySelector('#message')?.textContent?.includes('A1*2 is a calculation of its own'),
    )
    await page.fill('#formula', '=SUM(1,2)')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() =>
      document.querySelector('#message')?.textContent?.includes('no WEIGHTS function'),
    )
    await page.context().close()
  })

  test('the status line names the data, the date of the prices and whether the service was reached', async () => {
    const page = await open()
    await page.waitForFunction(() =>
      document.querySelector('#status')?.textContent?.includes('prices as of 2026-11-24'),
    )
    await page.context().close()
  })

  test.each([
    ['light', 350],
    ['dark', 350],
    ['light', 320],
    ['light', 450],
  ] as const)(
    'axe finds nothing, %s at %i px, and nothing is wider than the pane',
    async (colorScheme, width) => {
      const page = await open({ colorScheme, width })
      for (const name of ['Functions', 'Explain cell', 'Workbook']) {
        await page.click(`text="${name}"`)
        if (name === 'Explain cell') {
          await page.click('text="Explain this formula"')
          await page.waitForSelector('table')
        }
        expect(await violations(page), name).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
          width,
        )
        await picture(page, `${colorScheme}-${width}-${name.replace(' ', '-')}`)
      }
      await page.context().close()
    },
  )

  test('forced colours keep the selection visible', async () => {
    const page = await open({ forced: true })
    const outline = await page.evaluate(() => {
      const option = document.querySelector('[role=option][aria-selected=true]')
      return option && getComputedStyle(option).outlineStyle
    })
    expect(outline).toBe('solid')
    await picture(page, 'forced')
    await page.context().close()
  })
})
