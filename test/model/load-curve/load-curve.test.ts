import { describe, expect, test } from 'vitest'
import { bundledFacts } from '../../../data/dataset.ts'
import { answer, prepare } from '../../../model/calculation.ts'
import type { Facts } from '../../../model/facts.ts'
import { loadCurve } from '../../../model/load-curve/load-curve.ts'
import type { GpuOffer } from '../../../model/offers.ts'
import measured from '../../cases/load-curve.json' with { type: 'json' }
import { gpuOffer } from '../prices/offer.ts'

const offer = (gpu: string, gpuCount: number, usdPerGpuHour: number): GpuOffer =>
  gpuOffer(usdPerGpuHour * gpuCount, { gpu, gpuCount, instance: `${gpu} x${gpuCount}`, usdPerGpuHour })
const offers = [
  offer('h100-sxm-80gb', 1, 3),
  offer('h100-sxm-80gb', 8, 2.5),
  offer('l40s-48gb', 1, 1),
  offer('a100-sxm-80gb', 1, 1.8),
]
const facts: Facts = {
  ...bundledFacts('2026-11-25'),
  gpuOffers: ({ gpu }) => offers.filter((one) => one.gpu === gpu),
}
const ask = (input: Record<string, unknown>) => {
  const asked = { model: 'meta-llama/Llama-3.1-8B', inputTokens: 512, outputTokens: 256, ...input }
  return loadCurve.output.parse(answer(loadCurve, prepare(loadCurve, asked), facts).result)
}
const a100 = { gpu: 'a100-pcie-80gb', gpuCount: 1, precision: 'fp16', usdPerHour: 3.67 }

describe('unit cost against load, as measured', () => {
  const curve = ask({
    ...a100,
    requestsPerSecond: measured.map(({ requestsPerSecond }) => requestsPerSecond),
  })
  test.each(measured.map((row, index) => [row.source, row, index] as const))('%s', (_source, row, index) => {
    const cost = curve.points[index]?.usdPerMillionOutputTokens ?? 0
    expect(Math.abs(cost / row.usdPerMillionOutputTokens - 1)).toBeLessThan(0.2)
  })

  test('saturation, 2,906 tokens a second measured', () => {
    expect(Math.abs(curve.saturationOutputTokensPerSecond / 2906 - 1)).toBeLessThan(0.15)
  })
})

test('law: served and unserved make the offered load, and only what is served is costed', () => {
  const { points, saturationRequestsPerSecond, usdPerHour } = ask(a100)
  expect(points.some(({ unservedRequestsPerSecond }) => unservedRequestsPerSecond > 0)).toBe(true)
  for (const point of points) {
    expect(point.servedRequestsPerSecond + point.unservedRequestsPerSecond).toBeCloseTo(
      point.requestsPerSecond,
      12,
    )
    expect(point.servedRequestsPerSecond).toBeLessThanOrEqual(saturationRequestsPerSecond)
    const paid = (point.usdPerMillionOutputTokens * point.outputTokensPerSecond * 3600) / 1e6
    expect(paid).toBeCloseTo(usdPerHour, 9)
  }
})

test('law: unit cost never rises, latency never falls, with load', () => {
  const { points } = ask(a100)
  for (const [index, point] of points.entries()) {
    const last = points[index - 1]
    if (!last) continue
    expect(point.usdPerMillionOutputTokens).toBeLessThanOrEqual(last.usdPerMillionOutputTokens + 1e-12)
    for (const name of ['ttftP50Ms', 'ttftP90Ms', 'tpotMs'] as const) {
      expect(point[name] ?? Infinity, name).toBeGreaterThanOrEqual(last[name] ?? Infinity)
    }
  }
})

test('above 80% of saturation a point says so, and beyond it there is no latency', () => {
  for (const point of ask(a100).points) {
    if (point.utilisationRatio > 0.8) expect(point.nearSaturation).toBe(true)
    expect(point.ttftP90Ms === null).toBe(point.utilisationRatio >= 1)
  }
})

test('law: the best fleet at each load is no dearer than any one of them, and rents whole instances', () => {
  const loads = [0.5, 5, 50, 500]
  const choose = (gpus: string[]) =>
    ask({ ...a100, requestsPerSecond: loads, gpus, precisions: ['bf16'] }).points.map(({ best }) => best)
  const all = choose(['h100-sxm-80gb', 'l40s-48gb', 'a100-sxm-80gb'])
  for (const gpu of ['h100-sxm-80gb', 'l40s-48gb', 'a100-sxm-80gb']) {
    const alone = choose([gpu])
    for (const [index, best] of all.entries()) {
      expect(best?.usdPerHour ?? Infinity).toBeLessThanOrEqual(alone[index]?.usdPerHour ?? Infinity)
      expect(Number.isInteger(best?.gpus)).toBe(true)
    }
  }
})

test('a tighter limit is kept, or nothing is best', () => {
  for (const tpotMs of [5, 8, 12, 30]) {
    const [point] = ask({
      ...a100,
      requestsPerSecond: [20],
      gpus: ['h100-sxm-80gb', 'l40s-48gb'],
      precisions: ['bf16'],
      tpotMs,
    }).points
    expect(point?.best?.tpotMs ?? 0).toBeLessThanOrEqual(tpotMs)
  }
})

test('FP8 on a GPU that has none is answered as emulated, and says so', () => {
  const input = { model: 'meta-llama/Llama-3.1-8B', gpu: 'a100-sxm-80gb', precision: 'fp8', usdPerHour: 2 }
  const { assumptions } = answer(loadCurve, prepare(loadCurve, input), facts)
  expect(assumptions.find(({ field }) => field === 'arithmetic')?.because).toMatch(/does not multiply fp8/)
})

describe('refused with a sentence', () => {
  test.each([
    ['a GPU that is not known', { gpu: 'h900' }, /there is no GPU "h900"/],
    ['no price and no rent', { gpu: 'a100-pcie-80gb' }, /give the rent of the fleet/],
    ['zero output', { ...a100, outputTokens: 0 }, /outputTokens/],
    ['a load of zero', { ...a100, requestsPerSecond: [0] }, /requestsPerSecond/],
    ['a model that does not fit', { ...a100, model: 'meta-llama/Llama-3.1-70B' }, /does not fit/],
    ['a context beyond the model', { ...a100, inputTokens: 200_000 }, /does not fit|context/],
  ])('%s', (_name, input, sentence) => {
    expect(() => ask(input)).toThrow(sentence)
  })
})
