import { sum } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import { invalid } from '../problem.ts'
import { banded, latencySpread } from '../throughput/estimate.ts'
import { speedSources } from '../throughput/speed-answer.ts'
import { MILLISECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../units.ts'
import { replay } from './fleet.ts'
import type { FleetRules } from './fleet-rules.ts'
import { replayEnergy } from './replay-energy.ts'
import { servingFleet } from './serving-fleet.ts'
import { SimulateInput, SimulateOutput } from './simulate-fields.ts'
import { replayResult } from './simulate-result.ts'
import { trafficSource } from './traffic-fields.ts'

export const simulate = calculation({
  id: 'simulate',
  title: 'Simulation',
  summary:
    'Replays requests on a fleet under continuous batching: latency percentiles, queue, use by hour, what is served and what is not',
  formula: 'value = P90 of the time from the arrival of a request to its first token',
  sheet: false,
  input: SimulateInput,
  output: SimulateOutput,
  sources: [
    ...speedSources,
    {
      title: 'Kwon et al., PagedAttention, SOSP 2023, section 4.5: preemption and recomputation',
      url: 'https://arxiv.org/abs/2309.06180',
    },
    { title: 'Masson, Rim, Lee, DDSketch, PVLDB 12(12), 2019: quantiles in constant memory' },
  ],
  examples: [
    {
      title:
        'Qwen3 32B in BF16 on two GB200, one request at a time: first token after 142.6 ms (NVIDIA, aiconfigurator)',
      input: {
        model: 'Qwen/Qwen3-32B',
        gpu: 'gb200-186gb',
        gpuCount: 2,
        tensorParallel: 2,
        precision: 'bf16',
        engine: 'tensorrt-llm',
        inputTokens: 4000,
        outputTokens: 1000,
        requestsPerSecond: 0.001,
        requests: 200,
        lengths: 'fixed',
      },
      value: 142.6,
      tolerance: 0.4,
    },
  ],
  compute(input, facts) {
    const fleet = servingFleet(input, facts)
    const { latency } = fleet.serving
    checkLooks(input, fleet.replicas)
    const engine = {
      ...fleet.engine,
      sequences: input.maxSequences ?? fleet.engine.sequences,
      tokensPerStep: Math.max(
        input.maxTokensPerStep ?? fleet.engine.tokensPerStep,
        input.maxSequences ?? fleet.engine.sequences,
      ),
    }
    const replayed = replay(engine, rulesOf(input, fleet.replicas), trafficSource(input))
    const { ttft, completed } = replayed.recorder
    const p90 = ttft.quantile(0.9)
    const joules = replayEnergy(replayed, fleet, input, facts)
    const firstMs = (seconds: number) => seconds * MILLISECONDS_PER_SECOND
    const value = p90 === null ? null : firstMs(p90)
    return {
      result: replayResult(replayed, fleet, joules, input.intervalSeconds),
      value,
      unit: 'millisecond',
      breakdown:
        p90 === null
          ? []
          : sum(
              {
                name: 'wait, prompt and step',
                value: firstMs(p90 - engine.frontSeconds),
                unit: 'millisecond',
              },
              { name: 'client and tokeniser', value: firstMs(engine.frontSeconds), unit: 'millisecond' },
            ),
      interval: value === null ? null : banded(value, latencySpread(latency.fit, latency.reach).firstToken),
      assumptions: [
        ...fleet.assumptions,
        ...joules.assumptions,
        ...(completed === 0 ? [nothingCompleted] : [bandOfSteps]),
      ],
      sources: [facts.throughput.source, ...joules.sources],
    }
  },
})

/** Some ten seconds; a million requests on a fleet that carries them take five million. */
const mostSteps = 1e7
/** Looks at a replica by the router that looks at all of them for each request. */
const mostLooks = 5e7

const rulesOf = (input: SimulateInput, replicas: number): FleetRules => ({
  replicas,
  routing: input.routing,
  coldStartSeconds: input.coldStartSeconds,
  autoscaling: input.autoscaling ?? null,
  secondsBetweenFailures: (input.hoursBetweenFailures ?? Number.POSITIVE_INFINITY) * SECONDS_PER_HOUR,
  repairSeconds: input.repairSeconds,
  stopAt: input.stopAtSeconds ?? Number.POSITIVE_INFINITY,
  stretchSeconds: input.intervalSeconds,
  seed: input.seed,
  patienceSeconds: input.patienceSeconds ?? Number.POSITIVE_INFINITY,
  sharedPrefixTokens: input.sharedPrefixTokens,
  mostSteps,
})

const nothingCompleted: Assumption = {
  field: 'ttftMs',
  value: null,
  unit: 'millisecond',
  because: 'No request was completed, so there is no latency to tell.',
}

const bandOfSteps: Assumption = {
  field: 'interval',
  value: 'step times',
  unit: null,
  because:
    'The band is that of the time to the first token on rows outside the fit; near saturation a queue widens it further.',
}

/** @throws InputProblem where one router would look at too many replicas for too many requests. */
function checkLooks(input: SimulateInput, replicas: number): void {
  const requests = input.trace?.seconds.length ?? input.profile?.requestCount ?? input.requests
  const most = Math.max(replicas, input.autoscaling?.most ?? 0)
  if (input.routing !== 'least-requests' || requests * most <= mostLooks) return
  throw invalid(
    'routing',
    `routing: least-requests looks at ${most} replicas for each of ${requests} requests; at most ${mostLooks} looks are accepted, so take two-choices or round-robin.`,
  )
}
