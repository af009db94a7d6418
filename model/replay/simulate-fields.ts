import { z } from 'zod'
import { SECONDS_PER_HOUR } from '../units.ts'
import { routings } from './fleet-rules.ts'
import { fleetFields, lengthFields } from './serving-fleet.ts'
import { trafficFields } from './traffic-fields.ts'

const seconds = (title: string, description: string) =>
  z.number().nonnegative().max(1e7).meta({ title, description, 'x-unit': 'second' })

const Autoscaling = z.strictObject({
  fewest: z.number().int().min(1).max(1024).default(1).meta({
    title: 'Fewest',
    description: 'Replicas that always run',
    'x-unit': 'replica',
  }),
  most: z.number().int().min(1).max(1024).meta({
    title: 'Most',
    description: 'Replicas at the busiest',
    'x-unit': 'replica',
  }),
  requestsPerReplica: z.number().positive().max(1e5).meta({
    title: 'Target',
    description: 'Requests in flight that one replica should have',
    'x-unit': 'request',
  }),
  everySeconds: z.number().min(1).max(86_400).default(15).meta({
    title: 'Every',
    description: 'Seconds between two looks at the load',
    'x-unit': 'second',
  }),
  calmSeconds: seconds('Calm', 'So long must fewer have been enough before any is stopped').default(300),
})

export const SimulateInput = z.strictObject({
  ...fleetFields,
  ...lengthFields,
  ...trafficFields,
  routing: z.enum(routings).default('least-requests').meta({
    title: 'Routing',
    description: 'To the replica with fewest requests, the better of two at random, or each in turn',
  }),
  sharedPrefixTokens: z.number().int().nonnegative().max(1e6).default(0).meta({
    title: 'Shared prefix',
    description: 'First tokens that all prompts share; each replica computes and keeps them once',
    'x-unit': 'token',
  }),
  maxSequences: z.number().int().min(1).max(65_536).optional().meta({
    title: 'Largest batch',
    description: 'Sequences that a replica runs at once; that of the engine where left out',
    'x-unit': 'sequence',
  }),
  maxTokensPerStep: z.number().int().min(16).max(1e6).optional().meta({
    title: 'Tokens of a step',
    description: 'Prompts and answers together; that of the engine where left out',
    'x-unit': 'token',
  }),
  coldStartSeconds: seconds('Cold start', 'From the order of a replica to its first request').default(120),
  autoscaling: Autoscaling.optional().meta({
    title: 'Autoscaling',
    description: 'More and fewer replicas by the requests in flight; a fixed fleet where left out',
  }),
  hoursBetweenFailures: z.number().min(0.01).max(1e7).optional().meta({
    title: 'Time between failures',
    description: 'Mean, of one replica; none fails where left out',
    'x-unit': 'hour',
  }),
  repairSeconds: seconds('Repair', 'From a failure to the restart').default(600),
  patienceSeconds: z.number().positive().max(1e7).optional().meta({
    title: 'Patience',
    description: 'A request that waits longer for its place leaves unserved; none does where left out',
    'x-unit': 'second',
  }),
  stopAtSeconds: z.number().positive().max(1e8).optional().meta({
    title: 'End',
    description: 'What is unfinished then is unserved; all is served to the end where left out',
    'x-unit': 'second',
  }),
  intervalSeconds: z.number().min(60).max(86_400).default(SECONDS_PER_HOUR).meta({
    title: 'Interval',
    description: 'Length of the stretches that use is told for',
    'x-unit': 'second',
  }),
  watts: z.number().positive().max(1e5).optional().meta({
    title: 'Draw under load',
    description: 'Of one GPU; from measurements of it where left out',
    'x-unit': 'watt',
  }),
  idleWatts: z.number().nonnegative().max(1e5).optional().meta({
    title: 'Draw at rest',
    description: 'Of one GPU with a loaded model; unknown where left out',
    'x-unit': 'watt',
  }),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1)
    .meta({ title: 'Seed', description: 'The same seed gives the same replay', 'x-unit': 'count' }),
})
export type SimulateInput = z.output<typeof SimulateInput>

const milliseconds = z.number().nullable().meta({ 'x-unit': 'millisecond' })
const latency = (title: string) =>
  z
    .strictObject({
      mean: milliseconds,
      p50: milliseconds,
      p90: milliseconds,
      p95: milliseconds,
      p99: milliseconds,
      max: milliseconds,
    })
    .meta({ title })
const number = (
  title: string,
  unit: 'request' | 'token' | 'hour' | 'ratio' | 'replica' | 'GPU hour' | 'count',
) => z.number().meta({ title, 'x-unit': unit })

export const SimulateOutput = z.strictObject({
  waitMs: latency('Wait for a place'),
  ttftMs: latency('Time to the first token'),
  tpotMs: latency('Time per output token'),
  endToEndMs: latency('Time of a request'),
  requests: number('Requests', 'request'),
  completedRequests: number('Completed', 'request'),
  unservedRequests: number('Unserved, in whole or in part', 'request'),
  inputTokens: number('Input tokens', 'token'),
  askedOutputTokens: number('Output tokens asked for', 'token'),
  servedOutputTokens: number('Output tokens served', 'token'),
  unservedOutputTokens: number('Output tokens unserved', 'token'),
  lostOutputTokens: number('Made and lost in failures', 'token'),
  outputTokensPerSecond: z
    .number()
    .meta({ title: 'Output tokens served a second', 'x-unit': 'token/second' }),
  spanSeconds: z.number().meta({ title: 'From the first arrival to the end', 'x-unit': 'second' }),
  meanInFlight: number('Requests in the fleet, mean over time', 'request'),
  mostInFlight: number('Requests in the fleet, most', 'request'),
  preemptions: number('Times that a request was put back', 'count'),
  failures: number('Failures of a replica', 'count'),
  busyRatio: number('Share of the paid time in which a step ran', 'ratio'),
  replicas: number('Replicas at the start', 'replica'),
  mostReplicas: number('Replicas at the most', 'replica'),
  gpuHours: number('Paid for', 'GPU hour'),
  busyJoules: z
    .number()
    .nullable()
    .meta({ title: 'Energy of the GPUs while steps ran; null where no draw is known', 'x-unit': 'joule' }),
  idleJoules: z
    .number()
    .nullable()
    .meta({ title: 'Energy of the GPUs at rest; null without a draw at rest', 'x-unit': 'joule' }),
  intervals: z
    .array(
      z.strictObject({
        fromSeconds: z.number().meta({ 'x-unit': 'second' }),
        requests: number('Arrived', 'request'),
        unservedRequests: number('Of these, unserved', 'request'),
        outputTokens: number('Output tokens made', 'token'),
        meanWaiting: number('Waiting for a place, on average', 'request'),
        replicas: number('Replicas paid for, on average', 'replica'),
        busyRatio: number('Share of the paid time in which a step ran', 'ratio'),
      }),
    )
    .meta({ title: 'Use by interval' }),
  layout: z.string().meta({ title: 'Layout of a replica' }),
  extrapolated: z.boolean().meta({ title: 'Whether the step times go beyond what was measured' }),
})
