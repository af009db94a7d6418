import { z } from 'zod'
import { HOURS_PER_MONTH } from '../units.ts'
import { macrsClasses } from './macrs.ts'
import { changePerYear, PriceScenario } from './trends.ts'

export const longestHorizonMonths = 600
const largestUsd = 1e12

const name = z.string().min(1).max(100).meta({ title: 'Name', description: 'What the line is, in the views' })
const usd = (title: string, description: string) =>
  z.number().min(0).max(largestUsd).meta({ title, description, 'x-unit': 'USD' })
const months = (title: string, description: string) =>
  z.number().int().min(1).max(longestHorizonMonths).meta({ title, description, 'x-unit': 'month' })
const openingMonth = z.number().int().min(0).max(longestHorizonMonths).default(0).meta({
  title: 'Month',
  description: 'Month of the payment; 0 is before the first month',
  'x-unit': 'month',
})
const spread = {
  changePerYear: changePerYear(
    'Change a year',
    'In one step at each anniversary; without it, the inflation of the case',
  ).optional(),
  fromMonth: months('From month', 'First month that pays it').default(1),
  untilMonth: months('Until month', 'Last month that pays it; without it, the horizon').optional(),
}
const usdPerMillionTokens = z.number().min(0).max(1e6).meta({
  title: 'API price',
  description: 'Blended over the mix of input, cached and output tokens',
  'x-unit': 'USD/million tokens',
})
const shareOfVolume = z.number().min(0).max(1).default(1).meta({
  title: 'Share of the volume',
  description: 'What of the volume goes there',
  'x-unit': 'ratio',
})
const units = (title: string, description: string) =>
  z.number().int().min(1).max(1e6).default(1).meta({ title, description, 'x-unit': 'count' })
const ratePerYear = z.number().min(-0.5).max(10).meta({
  title: 'Rate a year',
  description: 'Nominal, as lenders quote it: a twelfth of it each month',
  'x-unit': 'ratio',
})

/** How an asset is written off in the accounts. */
export const bookMethods = [
  'straight-line',
  'declining-balance',
  'switching-declining-balance',
  'fixed-declining-balance',
  'sum-of-years-digits',
] as const

/** One loan for a share of a purchase, paid back in level payments at month ends. */
const Loan = z.strictObject({
  shareOfPrice: z.number().positive().max(1).meta({
    title: 'Share of the price',
    description: 'What the lender pays',
    'x-unit': 'ratio',
  }),
  ratePerYear,
  months: months('Term', 'Level payments, one at the end of each month after the purchase'),
})

/** A line of an option: what is paid, when, and how the accounts see it. Amounts are costs, so positive. */
export const CaseLine = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('recurring'),
      name,
      usdPerMonth: z.number().min(0).max(largestUsd).meta({
        title: 'Cost a month',
        description: 'In the first year',
        'x-unit': 'USD/month',
      }),
      ...spread,
    }),
    z.strictObject({
      kind: z.literal('staff'),
      name,
      fullTimeEquivalents: z
        .number()
        .min(0)
        .max(1e5)
        .meta({ title: 'Staff', description: 'Full-time equivalents in the first year', 'x-unit': 'count' }),
      usdPerYear: usd('Cost of one', 'Salary and overhead of one full-time equivalent for a year'),
      headcountGrowthPerYear: changePerYear('Growth of the staff', 'At each anniversary').default(0),
      ...spread,
    }),
    z.strictObject({
      kind: z.literal('tokens'),
      name,
      usdPerMillionTokens,
      shareOfVolume,
      price: PriceScenario.default({ scenario: 'hold' }),
    }),
    z.strictObject({
      kind: z.literal('gpu-rent'),
      name,
      gpuCount: z.number().min(0).max(1e6).meta({
        title: 'GPUs',
        description: 'Rented at any time',
        'x-unit': 'GPU',
      }),
      usdPerGpuHour: z.number().min(0).max(1e4).meta({
        title: 'Rent',
        description: 'Of one GPU for an hour, in the first year',
        'x-unit': 'USD/GPU hour',
      }),
      hoursPerMonth: z.number().min(0).max(744).default(HOURS_PER_MONTH).meta({
        title: 'Hours a month',
        description: 'Hours that are paid',
        'x-unit': 'hour/month',
      }),
      changePerYear: changePerYear('Change a year', 'Of the rent, at each anniversary').default(0),
      bandPerYear: z
        .strictObject({
          low: changePerYear('Low', 'The rent falls as fast as this'),
          high: changePerYear('High', 'The rent rises as fast as this'),
        })
        .optional()
        .meta({ title: 'Band', description: 'Change a year, low and high; without it, what 2026 showed' }),
      fromMonth: spread.fromMonth,
      untilMonth: spread.untilMonth,
    }),
    z.strictObject({
      kind: z.literal('once'),
      name,
      usd: usd('Amount', 'Paid once, expensed at once'),
      month: openingMonth,
    }),
    z.strictObject({
      kind: z.literal('periodic'),
      name,
      usd: usd('Amount', 'Paid each time, expensed at once'),
      everyMonths: months('Every', 'Months from one payment to the next'),
      firstMonth: months('First', 'Month of the first payment').default(1),
    }),
    z.strictObject({
      kind: z.literal('provisioned'),
      name,
      usdPerUnitMonth: z.number().min(0).max(largestUsd).meta({
        title: 'Price of a unit',
        description: 'One unit of reserved throughput for a month',
        'x-unit': 'USD/month',
      }),
      millionTokensPerUnitMonth: z.number().positive().max(1e12).meta({
        title: 'Capacity of a unit',
        description: 'What one unit serves in a month within the latency limits, peaks allowed for',
        'x-unit': 'million tokens/month',
      }),
      shareOfVolume,
      minimumUnits: units('Minimum', 'Fewest units that are sold'),
      unitStep: units('Step', 'Units that are only sold together'),
      termMonths: months('Term', 'Units are bought for so long, enough for its busiest month').default(1),
    }),
    z.strictObject({
      kind: z.literal('committed-spend'),
      name,
      usdPerMonth: z.number().min(0).max(largestUsd).meta({
        title: 'Commitment',
        description: 'Spent or not, it is paid; this line is what the tokens leave unspent',
        'x-unit': 'USD/month',
      }),
      usdPerMillionTokens,
      shareOfVolume,
      price: PriceScenario.default({ scenario: 'hold' }),
    }),
    z.strictObject({
      kind: z.literal('purchase'),
      name,
      usd: usd('Price', 'Paid to the seller, installation included'),
      resaleUsd: usd('Resale', 'What it is sold for at the end of the horizon'),
      month: openingMonth,
      accounting: z.enum(['capex', 'opex']).default('capex').meta({
        title: 'Accounting',
        description: 'capex: an asset that is written off; opex: an expense of the day',
      }),
      lifeYears: z.number().int().min(1).max(40).meta({
        title: 'Life',
        description: 'Years over which it is written off in the accounts',
        'x-unit': 'year',
      }),
      depreciation: z
        .enum(bookMethods)
        .default('straight-line')
        .meta({ title: 'Depreciation', description: 'In the accounts, down to the resale value' }),
      taxDepreciation: z
        .enum(['as-in-the-accounts', ...macrsClasses.map((years) => `macrs-${years}` as const)])
        .default('as-in-the-accounts')
        .meta({
          title: 'Tax depreciation',
          description: 'As in the accounts, or MACRS with the half-year convention over so many years',
        }),
      loan: Loan.optional().meta({ title: 'Loan', description: 'Without it, paid from own money' }),
    }),
    z.strictObject({
      kind: z.literal('lease'),
      name,
      usd: usd('Price financed', 'What the lessor paid'),
      residualUsd: usd('Residual', 'What the lessor keeps at the end'),
      ratePerYear,
      months: months('Term', 'Level payments, one at the end of each month'),
      accounting: z.enum(['finance', 'operating']).default('finance').meta({
        title: 'Accounting',
        description:
          'finance: a right of use and a liability in the balance sheet; operating: each payment is an expense',
      }),
    }),
  ])
  .meta({
    title: 'Line',
    description:
      'recurring, periodic, staff, tokens, provisioned, committed-spend, gpu-rent, once, purchase or lease',
  })
export type CaseLine = z.output<typeof CaseLine>
export type LineOf<Kind extends CaseLine['kind']> = Extract<CaseLine, { kind: Kind }>
