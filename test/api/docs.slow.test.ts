import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalog } from '../../model/catalog.ts'
import { describeWith } from '../needs.ts'
import { type RunningServer, startNodeAfresh } from './servers.ts'

describeWith('Chromium', 'the reference page', () => {
  let server: RunningServer
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    server = await startNodeAfresh()
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    page = await browser.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`asks ${request.url()}`)
    })
    await page.goto(`${server.url}/docs`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test.each(catalog.map(({ id }) => [id]))('runs the example of %s', async (id) => {
    await page.locator(`#${id} button`).click()
    const output = page.locator(`#${id} output:not([hidden])`)
    await output.waitFor()
    expect(await page.locator(`#${id} output.bad`).count()).toBe(0)
    expect(await output.textContent()).toContain(`"id": "${id}"`)
  })

  test('by keyboard alone: find, write, run, and read what is wrong', async () => {
    await page.locator('h1').click()
    await page.keyboard.press('/')
    await page.keyboard.type('weight memory')
    expect(await page.locator('#power-cost').isVisible()).toBe(false)
    await page.locator('#memory textarea').focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('{"model":70e9,"precision":"int44"}')
    complaints.length = 0
    await page.keyboard.press('Control+Enter')
    await page.locator('#memory output.bad').waitFor()
    expect(await page.locator('#memory output .value').textContent()).toContain('Did you mean "int4"?')
    expect(complaints.splice(0)).toEqual([expect.stringContaining('422')])
  })

  test('loads nothing from elsewhere, and nothing that the content security policy refuses', async () => {
    expect(complaints).toEqual([])
    const policy = (await page.goto(`${server.url}/docs`))?.headers()['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('fits a small screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    const beyondTheEdge = () =>
      [...document.querySelectorAll('.scroll')].filter((table) => table.scrollWidth > table.clientWidth)
        .length
    expect(await page.evaluate(beyondTheEdge)).toBe(0)
  })
})
