import { z } from 'zod'
import { evaluate, group, sum } from '../../breakdown.ts'
import { calculation } from '../../calculation.ts'
import { invalid } from '../../problem.ts'
import { solved } from './best-mix.ts'
import { loadField, MixResult, servingFields } from './best-mix-fields.ts'
import { profileOf } from './profile-of.ts'

const ratio = (title: string, description: string) =>
  z.number().min(0).max(1).meta({ title, description, 'x-unit': 'ratio' })

const Tier = z
  .strictObject({
    name: z.string().min(1).max(100).meta({ title: 'Name', description: 'Of the model of this tier' }),
    routedRatio: ratio('Routed', 'Share of the traffic that is sent to this tier first'),
    escalatedRatio: ratio(
      'Escalated',
      'Share of what it serves that is then tried again on the next tier',
    ).default(0),
    tokenRatio: z.number().positive().max(1000).default(1).meta({
      title: 'Tokens',
      description: 'Tokens of this model over those of the load, for the same work',
      'x-unit': 'ratio',
    }),
    ...servingFields,
  })
  .meta({ title: 'Tier', description: 'One model, and what may serve it' })

export const tieredMix = calculation({
  id: 'tiered-mix',
  title: 'Mix of tiers',
  summary:
    'A load routed over tiers of models, with a share that escalates to the next; the best mix of owning and renting for each',
  formula:
    'load of a tier = load × routedRatio + load of the tier before × escalatedRatio; cost = Σ over tiers of the best mix of their load × tokenRatio',
  sheet: false,
  input: z.strictObject({
    millionTokensByHour: loadField,
    tiers: z.array(Tier).min(1).max(6).meta({
      title: 'Tiers',
      description: 'From the first to be tried to the last; routed shares add up to 1',
    }),
  }),
  output: z.strictObject({
    tiers: z.array(
      z.strictObject({
        name: z.string().meta({ title: 'Name' }),
        servedRatio: z
          .number()
          .meta({ title: 'Share of the traffic that it serves, escalations included', 'x-unit': 'ratio' }),
        usd: z.number().meta({ title: 'Cost', 'x-unit': 'USD' }),
        mix: MixResult,
      }),
    ),
  }),
  sources: [],
  examples: [
    {
      title: 'Four fifths to a small model of one’s own, a tenth of which escalates to an API',
      input: {
        millionTokensByHour: Array(24).fill(10),
        tiers: [
          {
            name: 'small',
            routedRatio: 0.8,
            escalatedRatio: 0.1,
            millionTokensPerReplicaHour: 4,
            baseUsdPerReplicaHour: 2,
          },
          {
            name: 'frontier',
            routedRatio: 0.2,
            millionTokensPerReplicaHour: 1,
            baseUsdPerReplicaHour: 1000,
            apiUsdPerMillionTokens: 5,
          },
        ],
      },
      value: 24 * (2 * 2 + 10 * (0.2 + 0.08) * 5),
      tolerance: 1e-12,
    },
  ],
  compute({ millionTokensByHour, tiers }) {
    const routed = tiers.reduce((total, { routedRatio }) => total + routedRatio, 0)
    if (Math.abs(routed - 1) > sumTolerance) {
      throw invalid(
        'tiers',
        `tiers: the routed shares add up to ${routed}; they must add up to 1, so that all traffic goes somewhere.`,
      )
    }
    const last = tiers.at(-1)
    if (last && last.escalatedRatio > 0) {
      const field = `tiers.${tiers.length - 1}.escalatedRatio`
      throw invalid(
        field,
        `${field}: "${last.name}" is the last tier, so nothing escalates from it; 0 is accepted.`,
      )
    }
    let escalating = 0
    const served = tiers.map(({ name, routedRatio, escalatedRatio, tokenRatio, ...serving }, at) => {
      const servedRatio = routedRatio + escalating
      escalating = servedRatio * escalatedRatio
      const loads = millionTokensByHour.map((load) => load * servedRatio * tokenRatio)
      const path = `tiers.${at}.`
      const { mix, terms, result } = solved(
        profileOf({ ...serving, millionTokensByHour: loads, batchMillionTokensByDay: [] }, path),
        path,
      )
      return { name, servedRatio, usd: mix.usd, mix: result, terms }
    })
    const breakdown = sum(...served.map(({ name, terms }) => group(name, 'USD', terms)))
    return {
      result: { tiers: served.map(({ terms: _, ...tier }) => tier) },
      value: evaluate(breakdown),
      unit: 'USD',
      breakdown,
      assumptions: [
        {
          field: 'tiers',
          value: null,
          unit: null,
          because: 'Shares are taken as the same in every hour; an escalated request is paid on both tiers.',
        },
      ],
    }
  },
})

const sumTolerance = 1e-9
