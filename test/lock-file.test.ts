import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface Locked {
  readonly version?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = Readonly<Record<string, Locked>>

const platforms = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'x64'],
  ['darwin', 'arm64'],
  ['win32', 'x64'],
] as const

/** The package that Node finds by a name from a place: the nearest `node_modules` outwards. */
function found(lock: Lock, place: string, name: string): Locked | undefined {
  const nearest = lock[`${place === '' ? '' : `${place}/`}node_modules/${name}`]
  if (nearest || place === '') return nearest
  return found(lock, place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name)
}

/** What `npm ci` would miss on some platform: a dependency without an entry, or with one of another version. */
const missing = (lock: Lock): string[] =>
  Object.entries(lock).flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.entries({ ...dependencies, ...optionalDependencies }).flatMap(([name, range]) => {
      const locked = found(lock, place, name)
      const isExact = /^\d+\.\d+\.\d+$/.test(range)
      return locked && (!isExact || locked.version === range) ? [] : [`${place} needs ${name} ${range}`]
    }),
  )

/** Packages that bring a part for Linux x64 as a package of its own, and have none for another platform. */
const incomplete = (lock: Lock): string[] =>
  Object.entries(lock).flatMap(([place, { os, optionalDependencies = {} }]) => {
    const parts = Object.keys(optionalDependencies).flatMap((name) => found(lock, place, name) ?? [])
    const runsOn = (system: string, processor: string) =>
      parts.some((part) => part.os?.includes(system) && part.cpu?.includes(processor))
    // A part may need further parts of its own platform.
    if (os || !runsOn('linux', 'x64')) return []
    return platforms
      .filter(([system, processor]) => !runsOn(system, processor))
      .map(([system, processor]) => `${place} has no part for ${system} ${processor}`)
  })

const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
const without = (name: string): Lock =>
  Object.fromEntries(Object.entries(lock).filter(([place]) => !place.endsWith(`node_modules/${name}`)))

describe('package-lock.json is complete for Linux and macOS on x64 and arm64, and for Windows on x64', () => {
  test('every package that another one needs is locked', () => expect(missing(lock)).toEqual([]))

  test('packages with native parts have one for each platform', () => expect(incomplete(lock)).toEqual([]))

  test.each([
    '@biomejs/cli-win32-x64',
    '@cloudflare/workerd-darwin-64',
    '@esbuild/darwin-arm64',
    '@img/sharp-libvips-linux-arm64',
    '@rolldown/binding-darwin-x64',
    '@typescript/typescript-win32-x64',
    'lightningcss-linux-arm64-gnu',
  ])('the guard sees that %s is missing', (name) => {
    expect(missing(without(name)).join()).toContain(`needs ${name} `)
  })

  test('the guard sees a package that is published for fewer platforms', () => {
    const fewer = Object.fromEntries(
      Object.entries(lock).map(([place, locked]) => {
        const optional = Object.entries(locked.optionalDependencies ?? {})
        const kept = optional.filter(([name]) => name !== '@cloudflare/workerd-darwin-arm64')
        return [place, { ...locked, optionalDependencies: Object.fromEntries(kept) }]
      }),
    )
    expect(incomplete(fewer)).toEqual(['node_modules/workerd has no part for darwin arm64'])
  })
})
