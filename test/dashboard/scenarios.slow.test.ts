import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../needs.ts'
import { type Boards, boards, cheapRent, field, picture, until, verdict, violations } from './board-page.ts'

describeWith('Chromium', 'scenarios on the dashboard', () => {
  let board: Boards
  beforeAll(async () => {
    board = await boards()
  })
  afterAll(() => board.close())

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

  /** A page with a changed rent, saved under a name. */
  async function saved(name: string): Promise<Page> {
    const page = await board.open()
    await cheapRent(page)
    await until(page, /Rent GPUs: /)
    await page.locator('#scenario-name').fill(name)
    await button(page, 'Save').click()
    await until(page, /Saved\. The edit key is kept in this browser/)
    return page
  }
  const storedIn = (page: Page) =>
    page.evaluate(() => JSON.parse(localStorage.getItem('weighbridge-scenarios') ?? '[]')[0])

  test('saved, the address shows the same question and digits to whoever has it', async () => {
    const page = await saved('Rent at 20 cents')
    expect(page.url()).toMatch(/\/scenarios\/[\w-]{22}$/)
    const elsewhere = await board.open({}, undefined, new URL(page.url()).pathname)
    expect(await verdict(elsewhere)).toBe(await verdict(page))
    expect(await field(elsewhere, 'usdPerGpuHour').inputValue()).toBe('0.2')
    expect(await button(elsewhere, 'Save changes').count()).toBe(0)
    await until(elsewhere, /Scenario: Rent at 20 cents/)
    expect(await violations(elsewhere)).toEqual([])
    await picture(elsewhere, 'scenario')
  })

  test('the second who saves is shown both, and nothing is lost', async () => {
    const page = await saved('Contested')
    const { id, editKey } = await storedIn(page)
    const theirs = await (await fetch(`${board.address}v1/scenarios/${id}`)).json()
    const response = await fetch(`${board.address}v1/scenarios/${id}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${editKey}`,
        'if-match': '"1"',
      },
      body: JSON.stringify({ name: 'By another', note: '', calculation: 'plan', input: theirs.input }),
    })
    expect(response.status).toBe(200)
    await button(page, 'Save changes').click()
    await until(page, /Theirs: By another/)
    await picture(page, 'scenario-conflict')
    await button(page, 'Save mine over it').click()
    await until(page, /revision 3/)
    expect((await (await fetch(`${board.address}v1/scenarios/${id}`)).json()).name).toBe('Contested')
  })

  test('rebased, it says what moved, or that nothing did', async () => {
    const page = await saved('To rebase')
    await button(page, "Rebase to today's prices").click()
    await until(page, /The verdict stands: .*No price moved/)
  })

  test('two scenarios side by side, with what differs marked', async () => {
    const page = await saved('First of two')
    await field(page, 'horizonMonths').fill('12')
    await page.locator('#scenario-name').fill('Second of two')
    await button(page, 'Save as a copy').click()
    await until(page, /Scenario: Second of two/)
    await page.reload()
    await page.getByRole('checkbox').nth(0).check()
    await page.getByRole('checkbox').nth(1).check()
    const table = page.getByRole('region', { name: 'Scenarios side by side' })
    await table.waitFor()
    expect(await table.locator('tr.differs th').allTextContents()).toContain('Horizon, months')
    expect(await table.locator('tr.same th').allTextContents()).toContain('Model')
    await picture(page, 'scenario-side-by-side')
  })

  test('what is not there is said in a sentence', async () => {
    const response = await fetch(`${board.address}scenarios/AAAAAAAAAAAAAAAAAAAAAA`)
    expect(response.status).toBe(404)
    expect((await response.json()).detail).toBe(
      'There is no scenario at this address; it may have been deleted.',
    )
  })

  test('storage that is forbidden loses no key: it is told', async () => {
    const page = await board.open({}, (opened) =>
      opened.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      }),
    )
    await button(page, 'Save').click()
    await until(page, /Saved\. Keep the edit key: [\w-]{43}/)
  })
})
