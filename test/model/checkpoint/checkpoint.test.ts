import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import { checkpoint } from '../../../model/checkpoint/checkpoint.ts'
import { checkpointFormats } from '../../../model/checkpoint/checkpoint-format.ts'
import { fileFormats } from '../../../model/checkpoint/file-format.ts'
import { KeptModules } from '../../../model/checkpoint/module-pattern.ts'
import { storedElements } from '../../../model/stored-elements.ts'
import cases from '../../cases/checkpoint-sizes.json' with { type: 'json' }

const facts = bundledFacts('2026-11-25')
const run = (input: Record<string, unknown>) => answer(checkpoint, prepare(checkpoint, input), facts)
const bytesOf = (input: Record<string, unknown>): number => Number(run({ ...input, unit: 'bytes' }).value)

describe('published sizes of checkpoints', () => {
  test.each(cases.rows.map((row) => [row.name, row] as const))(
    '%s',
    (_name, { input, expectedBytes, tolerance }) => {
      expect(Math.abs(bytesOf(input) - expectedBytes)).toBeLessThanOrEqual(tolerance * expectedBytes)
    },
  )

  test('the rows that are not met have their reason', () => {
    for (const { reason } of cases.listed) expect(reason.length).toBeGreaterThan(20)
  })
})

const models = [
  'meta-llama/Llama-3.1-8B',
  'Qwen/Qwen3-30B-A3B',
  'deepseek-ai/DeepSeek-V3',
  'openai/gpt-oss-20b',
]

describe('laws', () => {
  test('no format needs more than 32 bits, or less than the tensors that stay at 16', () => {
    fc.assert(
      fc.property(fc.constantFrom(...models), fc.constantFrom(...checkpointFormats), (model, format) => {
        fc.pre(format !== 'published')
        const bytes = bytesOf({ model, format })
        expect(bytes).toBeLessThanOrEqual(bytesOf({ model, format: 'fp32' }))
        expect(bytes).toBeGreaterThan(bytesOf({ model, format: 'bf16' }) / 16)
      }),
    )
  })

  test('a GGUF recipe of fewer bits makes a smaller file', () => {
    const downwards = [
      'gguf-f16',
      'q8_0',
      'q6_k',
      'q5_k_m',
      'q5_k_s',
      'q4_k_m',
      'q4_k_s',
      'q3_k_l',
      'q3_k_m',
      'q3_k_s',
      'q2_k',
    ]
    for (const model of models.slice(0, 3)) {
      const sizes = downwards.map((format) => bytesOf({ model, format }))
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    }
  })

  test('the parts add up to the size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.constantFrom('awq-g128', 'q4_k_m', 'bf16'),
        (model, format) => {
          const { result, breakdown } = run({ model, format, unit: 'bytes' })
          const { parts, checkpointBytes } = checkpoint.output.parse(result) as {
            parts: { bytes: number }[]
            checkpointBytes: number
          }
          expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(checkpointBytes)
          expect(breakdown.length).toBe(parts.length + 1)
        },
      ),
    )
  })
})

describe('layers that do not fill their blocks', () => {
  test.each([
    ['fp8-block128', 129 * 129 + 4 * 2 * 2],
    ['mxfp8', 129 * 129 + 129 * 5],
    ['fp8-per-channel', 129 * 129 + 129 * 2],
  ] as const)('%s: a block at the edge has its own scale', (format, bytes) => {
    expect(fileFormats[format].linearBytes({ out: 129, in: 129 })).toBe(bytes)
  })
})

describe('modules that a config keeps out', () => {
  test.each([
    ['gate', 'model.layers.0.block_sparse_moe.gate', true],
    ['gate', 'model.layers.0.mlp.gate_proj', false],
    ['lm_head', 'lm_head', true],
    ['model.layers.0.mlp.down_proj', 'model.layers.0.mlp.down_proj', true],
    ['model.layers.0.mlp.down_proj', 'model.layers.10.mlp.down_proj', false],
    ['model.layers.*.self_attn', 'model.layers.3.self_attn.q_proj', true],
    ['model.layers.0*', 'model.layers.0.mlp.up_proj', true],
    ['*.mlp.shared_expert.*', 'model.language_model.layers.1.mlp.shared_expert.up_proj', true],
    ['re:.*self_attn.*', 'language_model.model.layers.1.self_attn.q_proj', true],
    ['re:.*mlp\\.(gate|up|down)_proj.*', 'model.layers.0.mlp.up_proj', true],
    ['re:.*mlp\\.(gate|up|down)_proj.*', 'model.layers.0.mlp.experts.0.up_proj', false],
    ['re:.*lm_head$', 'model.lm_heads', false],
    ['re:model\\.layers.*', 'lm.model.layers.0', false],
  ])('%s against %s: %s', (pattern, path, expected) => {
    expect(new KeptModules([pattern]).has(path)).toBe(expected)
  })

  test('expressions beyond the subset are left out and counted, and never run', () => {
    const kept = new KeptModules(['re:(a+)+$', 're:^(\\w+){9}$'])
    expect(kept.has('a'.repeat(50_000))).toBe(false)
    expect(kept.unread).toHaveLength(2)
  })

  test("the config's own list counts for its own format alone", () => {
    const config = {
      ...facts.weights('Qwen/Qwen3-8B')?.config,
      quantization_config: {
        quant_method: 'fp8',
        weight_block_size: [128, 128],
        modules_to_not_convert: ['mlp'],
      },
    }
    const all = facts.weights('Qwen/Qwen3-8B')?.config
    expect(bytesOf({ config, format: 'published' })).toBeGreaterThan(
      bytesOf({ config: all, format: 'fp8-block128' }),
    )
    expect(bytesOf({ config, format: 'awq-g128' })).toBe(bytesOf({ config: all, format: 'awq-g128' }))
  })
})

describe('refusals', () => {
  test('a count does not say what stays at 16 bits', () => {
    expect(() => run({ model: 70e9, format: 'awq-g128' })).toThrow(/what stays at 16 bits in awq-g128/)
  })

  test('a config that does not say its own format', () => {
    const {
      quantization_config: _q,
      torch_dtype: _t,
      ...config
    } = facts.weights('Qwen/Qwen3-8B')?.config ?? {}
    expect(() => run({ config, format: 'published' })).toThrow(/neither quantization_config nor torch_dtype/)
  })

  test('a name that says a format which the known config does not', () => {
    expect(() => run({ model: 'nvidia/DeepSeek-V3.1-NVFP4', format: 'published' })).toThrow(
      /stored in NVFP4, by its name/,
    )
  })

  test('more patterns over more layers than can be matched', () => {
    const ignore = Array.from({ length: 2000 }, (_, index) => `*.${index}.*`)
    const config = {
      ...facts.weights('Qwen/Qwen3-8B')?.config,
      quantization_config: { quant_algo: 'NVFP4', ignore },
    }
    expect(() => run({ config, format: 'published' })).toThrow(/2000 patterns of modules over 36 layers/)
  })

  test('a method that mixes formats', () => {
    const config = {
      ...facts.weights('Qwen/Qwen3-8B')?.config,
      quantization_config: { quant_algo: 'MIXED_PRECISION' },
    }
    expect(() => run({ config, format: 'published' })).toThrow(/"MIXED_PRECISION" does not say/)
    expect(() => run({ config, format: 'nvfp4' })).not.toThrow()
  })
})

describe('what a config says of its own files is refused where it cannot be', () => {
  const plain = facts.weights('meta-llama/Llama-3.1-8B')?.config ?? {}
  const published = (config: Record<string, unknown>) => () =>
    run({ config: { ...plain, ...config }, format: 'published' })
  test.each([
    [
      'a text',
      { quantization_config: 'fp8' },
      /quantization_config: "fp8" does not say how each tensor is stored/,
    ],
    [
      'a dtype of 8 bits alone',
      { torch_dtype: 'float8_e4m3fn' },
      /torch_dtype: "float8_e4m3fn" without a quant/,
    ],
    [
      'AWQ in 8 bits',
      { quantization_config: { quant_method: 'awq', bits: 8 } },
      /quantization_config\.bits: 8 in awq is a layout that is not known here; 4 is accepted/,
    ],
    [
      'GPTQ in groups of 32',
      { quantization_config: { quant_method: 'gptq', bits: 4, group_size: 32 } },
      /quantization_config\.group_size: 32 in gptq is a layout.*128 is accepted/,
    ],
  ])('%s', (_, config, sentence) => {
    expect(published(config)).toThrow(sentence)
  })

  test('a block without columns', () => {
    const quantization_config = { quant_method: 'fp8', weight_block_size: [128] }
    expect(() => storedElements({ ...plain, quantization_config }, [])).toThrow(
      /weight_block_size: \[128\] is not accepted; it must be the rows and the columns of a block/,
    )
  })

  test('NF4 without double quantisation is told apart', () => {
    const of = (bnb_4bit_use_double_quant: boolean) =>
      published({ quantization_config: { quant_method: 'bitsandbytes', bnb_4bit_use_double_quant } })().result
    expect([of(false), of(true)]).toMatchObject([{ format: 'nf4' }, { format: 'nf4-dq' }])
  })
})
