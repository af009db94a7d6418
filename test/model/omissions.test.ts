import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { type Answer, answer, prepare } from '../../model/calculation.ts'
import { catalog } from '../../model/catalog.ts'
import { parameters } from '../../model/parameters-by-component.ts'

const facts = withBook(bundledFacts('2026-11-25'))
const ask = (id: string, input: Record<string, unknown>): Answer => {
  const calculation = catalog.find((one) => one.id === id)
  if (!calculation) throw new Error(`No calculation ${id}.`)
  return answer(calculation, prepare(calculation, input), facts)
}
const counts = (input: Record<string, unknown>) => parameters.output.parse(ask('parameters', input).result)
const configOf = (id: string) => facts.weights(id)?.config ?? {}
const said = ({ assumptions }: Answer, field: string) =>
  assumptions.filter((one) => one.field === field).map(({ value, because }) => ({ value, because }))

describe('a part whose form no source states is unknown, never 0', () => {
  test.each([
    'stepfun-ai/Step-3.7-Flash',
    'stepfun-ai/Step-3.7-Flash-FP8',
    'MiniMaxAI/MiniMax-M3',
    'nvidia/MiniMax-M3-NVFP4',
  ])('layers of %s that predict further tokens', (model) => {
    expect(counts({ model })).toMatchObject({ mtpParameters: null, storedElements: null })
    for (const which of ['mtp', 'stored']) {
      expect(ask('parameters', { model, which })).toMatchObject({ value: null, breakdown: [] })
    }
    const [{ value, because } = { value: 0, because: '' }] = said(
      ask('parameters', { model }),
      'mtpParameters',
    )
    expect(value).toBeNull()
    expect(because).toMatch(
      /^Unknown: The layers that predict further tokens \(config\..+ [1-9]\): no source/,
    )
  })

  test.each(['moonshotai/Kimi-K3', 'nvidia/MiniMax-M3-NVFP4'])('the vision tower of %s', (model) => {
    const { visionParameters, storedElements, uniqueParameters } = counts({ model })
    expect({ visionParameters, storedElements }).toEqual({ visionParameters: null, storedElements: null })
    expect(uniqueParameters).toBeGreaterThan(1e11)
    expect(said(ask('parameters', { model }), 'uniqueParameters')[0]).toMatchObject({
      value: 'lower bound',
      because: expect.stringMatching(/^At least so much; not counted: The vision tower/),
    })
  })

  test('layers that the publisher left out of the files are none of them', () => {
    const model = 'MiniMaxAI/MiniMax-M2.5'
    expect(counts({ model }).mtpParameters).toBe(0)
    expect(said(ask('parameters', { model }), 'mtpParameters')).toEqual([
      {
        value: 0,
        because: 'Layers that predict further tokens are announced in the config but not published.',
      },
    ])
  })

  test('what the files of a pasted config hold beside its tensors', () => {
    const answered = ask('parameters', { config: configOf('Qwen/Qwen3-0.6B') })
    expect(said(answered, 'alsoStored')[0]?.value).toBeNull()
    expect(said(answered, 'storedElements')).toEqual([])
  })
})

describe('the tower that hears', () => {
  const heard = configOf('google/gemma-4-E2B-it')
  const { audio_config: _, ...silent } = heard

  test('is counted where the config describes it', () => {
    expect(counts({ config: heard })).toMatchObject({ audioParameters: 307_183_904 })
  })

  test('is unknown where the config of a small model says nothing of it', () => {
    expect(counts({ config: silent })).toMatchObject({ audioParameters: null, storedElements: null })
    expect(said(ask('memory', { config: silent, precision: 'bf16' }), 'parameterCount')[0]?.because).toMatch(
      /At least so much; not counted: An audio tower/,
    )
  })

  test('is none where the config says so', () => {
    expect(counts({ config: { ...silent, audio_config: null } })).toMatchObject({ audioParameters: 0 })
  })

  test('is unknown in a family that is not known to hear', () => {
    const llama = { ...configOf('meta-llama/Llama-3.1-8B'), audio_config: { hidden_size: 8 } }
    expect(counts({ config: llama })).toMatchObject({ audioParameters: null, visionParameters: 0 })
  })
})

describe('an answer that rests on a lower bound says so', () => {
  const model = 'moonshotai/Kimi-K3'
  const serving = { model, gpu: 'b300-sxm-288gb', gpuCount: 8 }
  test.each([
    ['memory', { model, precision: 'bf16' }, 'parameterCount'],
    ['checkpoint', { model, format: 'published' }, 'checkpointBytes'],
    ['adapter', { model, rank: 16 }, 'baseBytes'],
    ['training', { model, tokens: 1e12, gpu: 'h100-sxm-80gb' }, 'flop'],
    ['serving-minimum', { model, precision: 'mxfp4' }, 'weightBytes'],
    ['fits', { ...serving, precision: 'mxfp4' }, 'weightBytes'],
    ['throughput', serving, 'weightBytes'],
    ['tpot', serving, 'weightBytes'],
    ['ttft', serving, 'weightBytes'],
    ['capacity', { model, requestsPerSecond: 1, options: { gpus: 'b300-sxm-288gb' } }, 'weightBytes'],
  ] as const)('%s', (id, input, field) => {
    expect(said(ask(id, input), field)).toContainEqual({
      value: 'lower bound',
      because: expect.stringMatching(/^At least so much; not counted: /),
    })
  })

  test('the cache does not rest on it', () => {
    expect(
      ask('kv-cache', { model, contextTokens: 1000 }).assumptions.map(({ value }) => value),
    ).not.toContain('lower bound')
  })
})
