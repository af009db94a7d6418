import { describe, expect, test } from 'vitest'
import { outlineIcon, tileIcon } from '../../addin/icons/icon.ts'
import { manifestJson } from '../../addin/manifest/json.ts'
import { addin, addresses, ribbonIconSizes } from '../../addin/manifest/record.ts'
import { manifestXml } from '../../addin/manifest/xml.ts'
import { complaints } from './microsoft-schema.ts'

const base = 'https://models.example/'
const xml = manifestXml(base)
const json = manifestJson(base)

const all = (pattern: RegExp): string[] => [...xml.matchAll(pattern)].map(([, text]) => String(text))

test("manifest.json is valid against Microsoft's schema, and would not be with custom functions in another place", () => {
  expect(complaints(json)).toEqual([])
  const [extension] = json.extensions
  const { customFunctions } = extension?.runtimes[0] ?? {}
  expect(complaints({ ...json, extensions: [{ ...extension, customFunctions }] })).not.toEqual([])
})

describe('manifest.xml', () => {
  test('is well formed', () => {
    const open: string[] = []
    for (const [, close, name, own] of xml.replace(/<\?.*?\?>/, '').matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name)
      else if (!own) open.push(String(name))
    }
    expect(open).toEqual([])
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
  })

  test('every resource that is named is there, once, within its length', () => {
    const ids = all(/<bt:(?:Image|Url|String) id="([^"]+)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id.length).toBeLessThanOrEqual(32)
    for (const id of all(/resid="([^"]+)"/g)) expect(ids).toContain(id)
    const section = (name: string) => xml.slice(xml.indexOf(`<bt:${name}>`), xml.indexOf(`</bt:${name}>`))
    const texts = (name: string) =>
      [...section(name).matchAll(/DefaultValue="([^"]*)"/g)].map(([, text]) => String(text))
    for (const text of texts('ShortStrings')) expect(text.length).toBeLessThanOrEqual(125)
    for (const text of texts('LongStrings')) expect(text.length).toBeLessThanOrEqual(250)
  })

  test('the parts of the runtime name the same page', () => {
    expect(all(/<(?:Runtime|FunctionFile) resid="([^"]+)"/g)).toEqual(['Taskpane.Url', 'Taskpane.Url'])
    expect(xml).toMatch(/<Page>\s*<SourceLocation resid="Taskpane.Url"\/>/)
  })

  test('its elements are in the order that Office asks for', () => {
    const order = [
      'Id',
      'Version',
      'ProviderName',
      'DefaultLocale',
      'DisplayName',
      'Description',
      'IconUrl',
      'HighResolutionIconUrl',
      'SupportUrl',
      'AppDomains',
      'Hosts',
      'Requirements',
      'DefaultSettings',
      'Permissions',
      'VersionOverrides',
    ]
    const places = order.map((name) => xml.indexOf(`<${name}`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  test('every address is https', () => {
    const urls = all(/DefaultValue="(http[^"]*)"/g)
    expect(urls.length).toBeGreaterThan(10)
    for (const url of urls) expect(url).toMatch(/^https:\/\/models\.example\//)
  })
})

test('both manifests say the same', () => {
  const [extension] = json.extensions
  const [runtime] = extension?.runtimes ?? []
  const [group] = extension?.ribbons[0]?.tabs[0]?.groups ?? []
  expect(all(/<Id>(.*?)<\/Id>/g)).toEqual([json.id])
  expect(all(/<Version>(.*?)<\/Version>/g)).toEqual([`${json.version}.0`])
  expect(all(/<DisplayName DefaultValue="([^"]*)"/g)).toEqual([json.name.short])
  expect(all(/<Description DefaultValue="([^"]*)"/g)).toEqual([json.description.short])
  expect(all(/id="Taskpane.Url" DefaultValue="([^"]*)"/g)).toEqual([runtime?.code.page])
  expect(all(/id="Functions.Metadata.Url" DefaultValue="([^"]*)"/g)).toEqual([
    runtime?.customFunctions.metadataUrl,
  ])
  expect(all(/id="Functions.Namespace" DefaultValue="([^"]*)"/g)).toEqual([
    runtime?.customFunctions.namespace.name,
  ])
  expect(all(/<bt:Image id="[^"]*" DefaultValue="([^"]*)"/g)).toEqual(
    expect.arrayContaining((group?.icons ?? []).map(({ url }) => url)),
  )
  expect(all(/<FunctionName>(.*?)<\/FunctionName>/g)).toEqual(group?.controls.map(({ actionId }) => actionId))
  for (const { label, description } of addin.buttons) {
    expect(group?.controls).toContainEqual(
      expect.objectContaining({ label, supertip: { title: label, description } }),
    )
    expect(xml).toContain(`DefaultValue="${label}"`)
    expect(xml).toContain(`DefaultValue="${description}"`)
  }
})

describe('icons', () => {
  const sizeOf = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)]
  test.each([...ribbonIconSizes, 192])('%i px is as large as its name says', (size) => {
    expect(sizeOf(tileIcon(size))).toEqual([size, size])
    expect(xml.includes(addresses(base).icon(size))).toBe(size !== 192)
  })
  test('the outline is 32 px', () => expect(sizeOf(outlineIcon(32))).toEqual([32, 32]))
})
