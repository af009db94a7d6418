import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../needs.ts'
import { type Boards, boards, cheapRent, field, picture, until, verdict, violations } from './board-page.ts'

const folder = mkdtempSync(`${tmpdir()}/weighbridge-board-`)
const file = (name: string, text: string): string => {
  writeFileSync(`${folder}/${name}`, text)
  return `${folder}/${name}`
}

describeWith('Chromium', 'the dashboard', () => {
  let board: Boards
  beforeAll(async () => {
    board = await boards()
  })
  afterAll(() => board.close())

  test('opens on an answer: the verdict, its amount and the day of its prices, before any script', async () => {
    const html = await (await fetch(board.address)).text()
    expect(html).toMatch(/<h1>(Buy tokens|Rent GPUs|Buy servers): /)
    expect(html).toContain('Prices of 2026-11-25')
  })

  test('what is loaded for the answer to be seen is below 180 kB gzip, charts included', async () => {
    const bodies: Promise<Buffer>[] = []
    // The planner and what it asks for come when the answer stands already.
    const later = /planner|prices/
    const page = await board.open({}, (opened) =>
      opened.on('response', (response) => {
        if (!later.test(response.url())) bodies.push(response.body())
      }),
    )
    await page.waitForLoadState('networkidle')
    const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(bodies.length).toBeGreaterThan(4)
    expect(bytes).toBeLessThan(180_000)
  })

  test('a rent that is changed changes the verdict to what the API says', async () => {
    const page = await board.open()
    const before = await verdict(page)
    await cheapRent(page)
    await until(page, /Rent GPUs: /)
    expect(await verdict(page)).not.toBe(before)
    const asked = await page.evaluate(
      () => JSON.parse(localStorage.getItem('weighbridge-draft /') ?? '').draft,
    )
    const answered = await fetch(`${board.address}v1/plan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const { result } = await answered.json()
    const [cheapest] = result.comparison.options
    expect(await verdict(page)).toContain(`Rent GPUs: ${cheapest.name}, `)
    expect(await page.locator('.options tbody tr').first().textContent()).toContain(
      Math.round(cheapest.usdPerMonth).toLocaleString('en-US'),
    )
  })

  test('what is wrong is said beside its field, and the last answer stays', async () => {
    const page = await board.open()
    const before = await verdict(page)
    await field(page, 'plannedUtilisation').fill('80')
    await until(page, /plannedUtilisation: 80 /)
    await field(page, 'gpu').fill('h101-sxm-80gb')
    await field(page, 'plannedUtilisation').fill('')
    await until(page, /Did you mean "h100-sxm-80gb"/)
    expect(await verdict(page)).toBe(before)
    await picture(page, 'board-wrong')
  })

  test('a trace is read in the page, and leaves it nowhere', async () => {
    const page = await board.open()
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${new URL(request.url()).pathname} ${request.postData()}`))
    const rows = Array.from({ length: 600 }, (_, second) => `${second},${900 + second},${120 + (second % 9)}`)
    const trace = file('requests.csv', ['time,input_tokens,output_tokens', ...rows].join('\n'))
    await page.getByLabel('Request trace').setInputFiles(trace)
    await until(page, /, requests\.csv/)
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatch(/^\/v1\/prices\/offers \{"queries":\[\{"kind":"token","model":"[^"]+"\},[^t]*/)
    expect(sent[0]?.length).toBeLessThan(700)
    await page.getByLabel('Request trace').setInputFiles(file('bad.csv', 'time,tokens\n1,2\n'))
    await until(page, /no column for input tokens/)
    await until(page, /, requests\.csv/)
  })

  test('a draft outlives a reload, and the example comes back when asked', async () => {
    const page = await board.open()
    const example = await verdict(page)
    await cheapRent(page)
    await until(page, /Rent GPUs: /)
    await page.reload()
    await until(page, /Rent GPUs: /)
    expect(await field(page, 'usdPerGpuHour').inputValue()).toBe('0.2')
    await page.getByRole('button', { name: 'Back to the example' }).click()
    expect(await verdict(page)).toBe(example)
    expect(await field(page, 'usdPerGpuHour').inputValue()).toBe('')
  })

  test('the traffic said in another way is the same traffic', async () => {
    const page = await board.open()
    await page.getByLabel('Known from').selectOption('tokens')
    await until(page, /traffic as written here/)
    expect(Number(await field(page, 'tokensPerMonth').inputValue())).toBeGreaterThan(1e9)
  })

  test('the main task by keyboard alone', async () => {
    const page = await board.open()
    for (let steps = 0; steps < 30; steps++) {
      await page.keyboard.press('Tab')
      const id = await page.evaluate(() => document.activeElement?.id)
      if (id === 'field-gpu') await page.keyboard.type('h100-sxm-80gb')
      if (id === 'field-usdPerGpuHour') break
    }
    await page.keyboard.type('0.2')
    await until(page, /Rent GPUs: /)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    for (const width of [360, 1400]) {
      const page = await board.open({ colorScheme, viewport: { width, height: 800 } })
      await page.waitForTimeout(300)
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await picture(page, `board-${colorScheme}-${width}`)
    }
  })

  test('no script stands in the page, and names are never run', async () => {
    const page = await board.open()
    const said: string[] = []
    page.on('dialog', (dialog) => said.push(dialog.message()))
    page.on('console', (message) => said.push(message.text()))
    await field(page, 'model').fill('<img src=x onerror=alert(1)>')
    await until(page, /there is no model/)
    expect(said).toEqual([])
  })

  test('a service that is gone is said, and the answer stays', async () => {
    const page = await board.open()
    const before = await verdict(page)
    await page.route('**/v1/**', (route) => route.abort())
    await field(page, 'gpu').fill('l40s-48gb')
    await until(page, /The price book could not be reached/)
    expect(await verdict(page)).toBe(before)
  })

  test('a config that is pasted and a file of weights are read in the page, and sent nowhere', async () => {
    const page = await board.open()
    await page.waitForLoadState('networkidle')
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.url()))
    await page.getByText('Look into weights of your own').click()
    const config = {
      model_type: 'llama',
      architectures: ['LlamaForCausalLM'],
      hidden_size: 4096,
      intermediate_size: 14336,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      vocab_size: 128256,
      tie_word_embeddings: false,
    }
    // meta-llama/Llama-3.1-8B has 8,030,261,248 parameters by the header of its own files.
    await page.locator('#config').fill(JSON.stringify(config))
    await until(page, /8\.03B parameters: 16\.1 GB in bf16/)
    await page.locator('#config').fill('{"model_type": "llama",')
    await until(page, /this is not JSON yet/)
    const header = JSON.stringify({ a: { dtype: 'BF16', shape: [1000, 20], data_offsets: [0, 40_000] } })
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(header.length))
    const buffer = Buffer.concat([length, Buffer.from(header), Buffer.alloc(40_000)])
    const file = { name: 'tiny.safetensors', mimeType: 'application/octet-stream', buffer }
    await page.locator('#weights-file').setInputFiles(file)
    await until(page, /tiny\.safetensors: 20,000 parameters in 1 tensors/)
    const lying = { ...file, name: 'short.safetensors', buffer: buffer.subarray(0, 5000) }
    await page.locator('#weights-file').setInputFiles(lying)
    await page.waitForSelector('details .wrong')
    expect(sent).toEqual([])
  })

  test('the answer is taken away as a memo, as lines and as JSON', async () => {
    const page = await board.open()
    for (const [name, start] of [
      ['Memo (Markdown)', '# meta-llama/Llama-3.3-70B-Instruct'],
      ['Lines (CSV)', 'option,kind,line,'],
      ['Answer (JSON)', '{\n  "id": "plan"'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ])
      expect(readFileSync(await download.path(), 'utf8').slice(0, start.length)).toBe(start)
    }
    const figure = page.locator('#cost-against-volume')
    for (const [name, extension] of [
      ['PNG', 'png'],
      ['CSV', 'csv'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        figure.getByRole('button', { name, exact: true }).click(),
      ])
      expect(download.suggestedFilename()).toBe(`cost-against-volume.${extension}`)
    }
  })

  test('prints', async () => {
    const page = await board.open()
    const pdf = await page.pdf({ printBackground: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    if (process.env.PICTURES !== undefined) writeFileSync(`${process.env.PICTURES}/board.pdf`, pdf)
  })
})
