import { z } from 'zod'
import { HOURS_PER_MONTH } from '../units.ts'
import { Profile } from './profile.ts'
import { Week } from './week.ts'

/** Whole tokens stay exact far beyond this. */
export const largestTokensPerMonth = 1e15

const length = (title: string) =>
  z.number().nonnegative().max(1e7).meta({ title, description: 'Mean over requests', 'x-unit': 'token' })

const cachedInputRatio = z.number().min(0).max(1).optional().meta({
  title: 'Cached share',
  description: 'Share of the input that a prefix cache holds; 0 where it is not given',
  'x-unit': 'ratio',
  default: 0,
})

const shape = {
  inputTokensPerRequest: length('Input length'),
  outputTokensPerRequest: length('Output length'),
  cachedInputRatio,
}

/** Where the traffic is known from: tokens, requests, people and their habits, or a trace. */
export const Workload = z
  .discriminatedUnion('from', [
    z.strictObject({
      from: z.literal('tokens'),
      tokensPerMonth: z
        .number()
        .int()
        .positive()
        .max(largestTokensPerMonth)
        .meta({ title: 'Tokens a month', description: 'Input and output together', 'x-unit': 'token/month' }),
      ...shape,
    }),
    z.strictObject({
      from: z.literal('requests'),
      requestsPerMonth: z
        .number()
        .positive()
        .max(1e12)
        .meta({ title: 'Requests a month', 'x-unit': 'request/month' }),
      ...shape,
    }),
    z.strictObject({
      from: z.literal('people'),
      people: z.number().positive().max(1e10).meta({ title: 'People', 'x-unit': 'count' }),
      requestsPerPersonPerDay: z
        .number()
        .positive()
        .max(1e6)
        .meta({ title: 'Requests a day', description: 'Of one person', 'x-unit': 'request' }),
      workingDaysPerMonth: z
        .number()
        .positive()
        .max(31)
        .optional()
        .meta({ title: 'Working days a month', 'x-unit': 'count', default: 21 }),
      workingHoursPerDay: z.number().positive().max(24).optional().meta({
        title: 'Working hours a day',
        description: 'Hours in which the requests come',
        'x-unit': 'hour',
        default: 10,
      }),
      ...shape,
    }),
    z.strictObject({
      from: z.literal('profile'),
      profile: Profile,
      week: Week.optional().meta({
        title: 'Week',
        description: `How the traced time repeats; without it, at the same rate for all hours of the month (${HOURS_PER_MONTH})`,
      }),
      busiestMinutes: z.enum(['p95', 'p99', 'max']).optional().meta({
        title: 'Busiest minutes',
        description: 'The minute for which capacity is sized',
        default: 'p99',
      }),
      cachedInputRatio: cachedInputRatio.meta({
        title: 'Cached share',
        description:
          'Share of the input that a prefix cache holds; from the trace, or 0 where it does not say',
        'x-unit': 'ratio',
      }),
    }),
  ])
  .meta({ title: 'Workload', description: 'The traffic: tokens, requests, people or a profile' })
export type Workload = z.output<typeof Workload>
