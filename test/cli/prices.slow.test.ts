import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const prices = (...arguments_: string[]) =>
  spawnSync(process.execPath, ['cli/prices.ts', ...arguments_], { encoding: 'utf8' })

describe('the price book on the command line', () => {
  test('lists its sources with day, licence and agreement', () => {
    expect(prices('sources').stdout).toMatch(/^models-dev +2026-07-02 .+ MIT .+ portkey \d+\.\d% of \d+/m)
  })
  test('lists how often they agree', () => {
    expect(prices('agreement').stdout).toMatch(/^models-dev and portkey +\d+ +\d+ +\d+\.\d%/m)
  })
  test('lists the quarantine of one of them', () => {
    const { stdout } = prices('quarantine', 'litellm')
    expect(stdout).toContain('gemini-2.0-flash')
    expect(stdout).not.toMatch(/^portkey/m)
  })
  test.each([
    [['quarantine', 'litelm'], 'There is no source "litelm". Did you mean "litellm"?'],
    [['sorces'], 'There is no "sorces".'],
    [['release'], 'release: give the id of a row'],
    [['release', '0123456789abcdef'], 'release: say why the price is believed'],
    [['release', '0123456789abcdef', '--because', 'seen'], 'has the id "0123456789abcdef".'],
  ])('%j is refused with a sentence', (given, sentence) => {
    const { status, stderr } = prices(...given)
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
  })
})
