import { z } from 'zod'
import { sum } from '../../breakdown.ts'
import { calculation } from '../../calculation.ts'
import { type Failure, failuresOf, GatedOption, Requirements } from './gate-rules.ts'

export const gates = calculation({
  id: 'gates',
  title: 'Gates',
  summary:
    'Which options may be chosen at all, before any price: residency, licence, custody, certificates, context, independence',
  formula: 'an option passes when no requirement finds it wanting or unknown',
  sheet: false,
  input: z.strictObject({
    requirements: Requirements,
    options: z
      .array(GatedOption)
      .min(1)
      .max(50)
      .meta({ title: 'Options', description: 'What is known of each; what is not given counts as unknown' }),
  }),
  output: z.strictObject({
    passing: z.number().meta({ title: 'Options that pass', 'x-unit': 'count' }),
    options: z.array(
      z.strictObject({
        name: z.string().meta({ title: 'Name' }),
        passes: z.boolean().meta({ title: 'Passes' }),
        failures: z.array(
          z.strictObject({
            gate: z.string().meta({ title: 'Gate' }),
            because: z.string().meta({ title: 'Why it fails' }),
            cure: z.string().meta({ title: 'What would cure it' }),
          }),
        ),
      }),
    ),
  }),
  sources: [],
  examples: [
    {
      input: {
        requirements: { regions: ['eu'], commercialUse: true },
        options: [
          { name: 'api', regions: ['us'], licence: { commercialUse: true } },
          { name: 'own', regions: ['eu'], licence: { commercialUse: true } },
        ],
      },
      value: 1,
    },
  ],
  compute({ requirements, options }) {
    const judged = options.map((option) => {
      const failures: Failure[] = failuresOf(option, requirements)
      return { name: option.name, passes: failures.length === 0, failures }
    })
    const passing = judged.filter(({ passes }) => passes).length
    return {
      result: { passing, options: judged },
      value: passing,
      unit: 'count',
      breakdown: sum(
        ...judged.map(({ name, passes }) => ({ name, value: passes ? 1 : 0, unit: 'count' as const })),
      ),
    }
  },
})
