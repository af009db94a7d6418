import { z } from 'zod'

const text = (title: string, description: string) => z.string().min(1).max(100).meta({ title, description })
const texts = (title: string, description: string) =>
  z.array(z.string().min(1).max(100)).max(100).meta({ title, description })
const flag = (title: string, description: string) => z.boolean().meta({ title, description })
const count = (title: string, description: string) =>
  z.number().int().min(0).max(1e10).meta({ title, description, 'x-unit': 'count' })
const contextTokens = (title: string, description: string) =>
  z.number().int().min(0).max(1e9).meta({ title, description, 'x-unit': 'token' })

/** Who holds the weights and sees the traffic, from least to most control. */
const custodies = ['seller', 'own-cloud', 'own-site'] as const

export const Requirements = z
  .strictObject({
    regions: texts('Regions', 'Data may be processed in these only').optional(),
    commercialUse: flag('Commercial use', 'The licence must allow it').optional(),
    monthlyActiveUsers: count('Users', 'A licence with a cap must allow so many a month').optional(),
    mayAttribute: flag('May attribute', 'False where the model’s name may not be shown').optional(),
    mayNameDerivatives: flag(
      'May name derivatives',
      'False where a tuned model may not carry its base’s name',
    ).optional(),
    custody: z
      .enum(custodies)
      .optional()
      .meta({ title: 'Custody', description: 'Least control over weights and traffic' }),
    certifications: texts('Certificates', 'All of these are needed, such as ISO 27001').optional(),
    contextTokens: contextTokens('Context', 'Longest request that must be served').optional(),
    sellers: count('Sellers', 'At least so many must offer the same weights').optional(),
  })
  .meta({ title: 'Requirements', description: 'What is left out is not required' })
export type Requirements = z.output<typeof Requirements>

export const GatedOption = z.strictObject({
  name: text('Name', 'What the option is called'),
  regions: texts('Regions', 'Where it processes data').optional(),
  licence: z
    .strictObject({
      commercialUse: flag('Commercial use', 'Whether it is allowed').optional(),
      monthlyActiveUsersAtMost: count('User cap', 'Leave out where the licence has none').optional(),
      attributionRequired: flag('Attribution', 'Whether the model’s name must be shown').optional(),
      derivativeNameRequired: flag('Derivative name', 'Whether tuned models must carry its name').optional(),
    })
    .optional()
    .meta({ title: 'Licence', description: 'Of the weights' }),
  custody: z.enum(custodies).optional().meta({ title: 'Custody', description: 'Who holds the weights' }),
  certifications: texts('Certificates', 'That it has').optional(),
  contextTokens: contextTokens('Context', 'Longest request it serves').optional(),
  sellers: count('Sellers', 'That offer the same weights').optional(),
})
export type GatedOption = z.output<typeof GatedOption>

/** A gate that an option does not pass, why, and what would change that. */
export interface Failure {
  readonly gate: string
  readonly because: string
  readonly cure: string
}

type Gate = (option: GatedOption, requirements: Requirements) => Failure | null

const unknownTo = (gate: string, what: string): Failure => ({
  gate,
  because: `It is not known ${what}.`,
  cure: `Ask the seller or read the licence, and state it.`,
})

/** One gate each. What is required and not known fails: nobody may rely on silence. */
const rules: readonly Gate[] = [
  ({ regions }, { regions: allowed }) => {
    if (!allowed) return null
    if (!regions) return unknownTo('residency', 'where data is processed')
    const outside = regions.filter((region) => !same(allowed, region))
    if (outside.length === 0 && regions.length > 0) return null
    return {
      gate: 'residency',
      because: `Data is processed in ${outside.join(', ') || 'no stated region'}; allowed: ${allowed.join(', ')}.`,
      cure: `Serve from ${allowed.join(' or ')} only.`,
    }
  },
  ({ licence }, { commercialUse }) => {
    if (!commercialUse || licence?.commercialUse) return null
    if (licence?.commercialUse === undefined) return unknownTo('licence', 'whether commercial use is allowed')
    return {
      gate: 'licence',
      because: 'The licence does not allow commercial use.',
      cure: 'Buy a commercial licence, or take weights with a permissive one.',
    }
  },
  ({ licence }, { monthlyActiveUsers }) => {
    if (monthlyActiveUsers === undefined) return null
    if (!licence) return unknownTo('user cap', 'whether the licence has a cap on users')
    const cap = licence.monthlyActiveUsersAtMost
    if (cap === undefined || monthlyActiveUsers <= cap) return null
    return {
      gate: 'user cap',
      because: `The licence allows ${cap} monthly active users; ${monthlyActiveUsers} are expected.`,
      cure: 'Ask the publisher for a licence above the cap.',
    }
  },
  ({ licence }, { mayAttribute }) =>
    duty('attribution', mayAttribute, licence?.attributionRequired, 'the model’s name must be shown'),
  ({ licence }, { mayNameDerivatives }) =>
    duty(
      'derivative name',
      mayNameDerivatives,
      licence?.derivativeNameRequired,
      'tuned models must carry its name',
    ),
  ({ custody }, { custody: least }) => {
    if (!least) return null
    if (!custody) return unknownTo('custody', 'who holds the weights')
    if (custodies.indexOf(custody) >= custodies.indexOf(least)) return null
    return {
      gate: 'custody',
      because: `The weights are held at: ${custody}; required: ${least} or closer.`,
      cure: `Take weights that can be downloaded, and serve them at: ${least}.`,
    }
  },
  ({ certifications }, { certifications: needed }) => {
    if (!needed || needed.length === 0) return null
    if (!certifications) return unknownTo('certification', 'which certificates there are')
    const missing = needed.filter((certificate) => !same(certifications, certificate))
    if (missing.length === 0) return null
    return {
      gate: 'certification',
      because: `It lacks ${missing.join(', ')}.`,
      cure: 'Wait for the certificate, or take a seller who has it.',
    }
  },
  ({ contextTokens: served }, { contextTokens: needed }) =>
    atLeast(
      'context',
      needed,
      served,
      'tokens of context',
      'Take a model with a longer context, or shorten requests.',
    ),
  ({ sellers }, { sellers: needed }) =>
    atLeast(
      'vendor independence',
      needed,
      sellers,
      'sellers of the same weights',
      'Take open weights that more sellers serve.',
    ),
]

const same = (names: readonly string[], name: string): boolean =>
  names.some((each) => each.toLowerCase() === name.toLowerCase())

function duty(
  gate: string,
  may: boolean | undefined,
  required: boolean | undefined,
  what: string,
): Failure | null {
  if (may !== false || required === false) return null
  if (required === undefined) return unknownTo(gate, `whether ${what}`)
  return {
    gate,
    because: `The licence says that ${what}.`,
    cure: 'Take weights whose licence does not ask for it.',
  }
}

function atLeast(
  gate: string,
  needed: number | undefined,
  found: number | undefined,
  what: string,
  cure: string,
): Failure | null {
  if (needed === undefined) return null
  if (found === undefined) return unknownTo(gate, `how many ${what} there are`)
  return found >= needed ? null : { gate, because: `There are ${found} ${what}; ${needed} are needed.`, cure }
}

/** Every gate that an option does not pass. */
export const failuresOf = (option: GatedOption, requirements: Requirements): Failure[] =>
  rules.map((rule) => rule(option, requirements)).filter((failure) => failure !== null)
