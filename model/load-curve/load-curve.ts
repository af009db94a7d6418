import { divideBy, product, times } from '../breakdown.ts'
import { calculation } from '../calculation.ts'
import { gpuOf } from '../gpu-field.ts'
import type { GpuOffer } from '../offers.ts'
import { priceSource } from '../prices/price-answer.ts'
import { servingFleet } from '../replay/serving-fleet.ts'
import { speedSources } from '../throughput/speed-answer.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR, TOKENS_PER_MILLION } from '../units.ts'
import { bestFleetAt, candidateFleets } from './best-fleet.ts'
import { LoadCurveInput, LoadCurveOutput } from './curve-fields.ts'
import { fleetRent } from './fleet-rent.ts'
import { batchLimitOf, openLoad, replicaPace } from './open-load.ts'

const defaultPoints = 25
const beyondSaturation = 1.25

export const loadCurve = calculation({
  id: 'load-curve',
  title: 'Load curve',
  summary:
    'Unit cost and latency against offered load: for a fleet, and for the best fleet at each load; what is beyond saturation is unserved',
  formula:
    'usdPerMillionOutputTokens = usdPerHour / (min(requestsPerSecond, saturation) × outputTokens × 3600 / 1,000,000)',
  sheet: false,
  input: LoadCurveInput,
  output: LoadCurveOutput,
  sources: [
    ...speedSources,
    { title: 'L. Kleinrock, Queueing Systems I, 1975, sections 3.5 and 5.2: waits under Poisson arrivals' },
  ],
  examples: [
    {
      title:
        'Llama 3.1 8B in FP16 on an A100 PCIe at 3.67 USD an hour: saturated, 2,906 tokens a second were measured',
      input: {
        model: 'meta-llama/Llama-3.1-8B',
        gpu: 'a100-pcie-80gb',
        gpuCount: 1,
        precision: 'fp16',
        inputTokens: 512,
        outputTokens: 256,
        usdPerHour: 3.67,
        requestsPerSecond: [1, 10, 25, 100],
      },
      value: 0.35,
      tolerance: 0.2,
    },
  ],
  prices: ({ gpu, gpus, usdPerHour }) =>
    [...(usdPerHour === undefined ? [gpu] : []), ...gpus].map((one) => ({
      kind: 'gpu',
      gpu: one,
      pricing: 'on-demand',
    })),
  compute(input, facts) {
    const fleet = servingFleet(input, facts)
    const { engine, replicas, gpuCount } = fleet
    const shape = shapeOf(input)
    const pace = replicaPace(engine, shape, batchLimitOf(engine, shape))
    const rent = fleetRent({ gpu: gpuOf(input.gpu, facts).id, gpuCount, usdPerHour: input.usdPerHour }, facts)
    const saturation = replicas * pace.saturationRequestsPerSecond
    const loads = input.requestsPerSecond ?? evenLoads(saturation)
    const unitCost = (served: number) =>
      (rent.usdPerHour / (served * input.outputTokens * SECONDS_PER_HOUR)) * TOKENS_PER_MILLION
    const candidates = candidateFleets(input, shape, facts)
    const points = loads.map((requestsPerSecond) => {
      const open = openLoad(pace, requestsPerSecond / replicas)
      const served = Math.min(requestsPerSecond, saturation)
      const servedAt = (slower: number) => Math.min(requestsPerSecond, saturation / slower)
      return {
        requestsPerSecond,
        servedRequestsPerSecond: served,
        unservedRequestsPerSecond: requestsPerSecond - served,
        outputTokensPerSecond: served * input.outputTokens,
        utilisationRatio: open.loadRatio,
        nearSaturation: open.nearSaturation,
        usdPerMillionOutputTokens: unitCost(served),
        usdPerMillionOutputTokensP10: unitCost(servedAt(fleet.slower.p10)),
        usdPerMillionOutputTokensP90: unitCost(servedAt(fleet.slower.p90)),
        ttftP50Ms: inMilliseconds(open.ttftSeconds?.p50),
        ttftP90Ms: inMilliseconds(open.ttftSeconds?.p90),
        tpotMs: inMilliseconds(open.tpotSeconds),
        best: bestFleetAt(requestsPerSecond, candidates, input),
      }
    })
    const heaviest = points.reduce((most, point) =>
      point.requestsPerSecond > most.requestsPerSecond ? point : most,
    )
    const reasons = fleet.serving.reach.reasons
    return {
      result: {
        points,
        saturationRequestsPerSecond: saturation,
        saturationOutputTokensPerSecond: saturation * input.outputTokens,
        layout: fleet.layout,
        replicas,
        gpuCount,
        usdPerHour: rent.usdPerHour,
        extrapolated: reasons.length > 0,
      },
      value: heaviest.usdPerMillionOutputTokens,
      unit: 'USD/million tokens',
      breakdown: [
        ...product({ name: 'rent of the fleet', value: rent.usdPerHour, unit: 'USD/hour' }),
        divideBy({
          name: 'output tokens served',
          value: heaviest.outputTokensPerSecond,
          unit: 'token/second',
        }),
        divideBy({ name: 'seconds of an hour', value: SECONDS_PER_HOUR, unit: 'second' }),
        times({ name: 'tokens of a million', value: TOKENS_PER_MILLION, unit: 'token' }),
      ],
      interval: {
        p10: heaviest.usdPerMillionOutputTokensP10,
        p50: heaviest.usdPerMillionOutputTokens,
        p90: heaviest.usdPerMillionOutputTokensP90,
      },
      assumptions: [
        ...fleet.assumptions,
        ...rent.assumptions,
        {
          field: 'requestsPerSecond',
          value: heaviest.requestsPerSecond,
          unit: 'request/second',
          because:
            'The value is the unit cost at the heaviest load asked for, with arrivals that know nothing of each other (Poisson).',
        },
      ],
      sources: [
        facts.throughput.source,
        ...[rent.offer, ...new Set(candidates.map(({ offer }) => offer))]
          .filter((offer): offer is GpuOffer => offer !== null)
          .map(({ source }) => priceSource(source)),
      ],
    }
  },
})

const shapeOf = ({ inputTokens, outputTokens, cachedInputRatio, lengths }: LoadCurveInput) => ({
  inputTokens,
  outputTokens,
  prefilledTokens: inputTokens * (1 - cachedInputRatio),
  variation: lengths === 'fixed' ? 0 : 1,
})

const evenLoads = (saturation: number): number[] =>
  Array.from(
    { length: defaultPoints },
    (_, index) => (saturation * beyondSaturation * (index + 1)) / defaultPoints,
  )

const inMilliseconds = (seconds: number | null | undefined): number | null =>
  seconds == null ? null : seconds * MILLISECONDS_PER_SECOND
