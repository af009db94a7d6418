import { z } from 'zod'
import { CaseLine, longestHorizonMonths } from './case-lines.ts'
import { settlements } from './horizon.ts'
import { Owning } from './lines/owning.ts'
import { Renting } from './lines/renting.ts'
import { lossRules } from './tax.ts'
import { Volume } from './trends.ts'
import { FlipValue, UncertainResult, Uncertainty } from './uncertainty/case-uncertainty-fields.ts'
import { Trigger } from './uncertainty/triggers.ts'
import { View } from './views.ts'

const rate = (title: string, description: string) =>
  z.number().min(-0.99).max(10).meta({ title, description, 'x-unit': 'ratio' })

export const CaseInput = z.strictObject({
  options: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100).meta({ title: 'Name', description: 'What the option is called' }),
        lines: z
          .array(CaseLine)
          .max(100)
          .default([])
          .meta({ title: 'Lines', description: 'What is paid, when, and how the accounts see it' }),
        owning: Owning.optional(),
        renting: Renting.optional(),
      }),
    )
    .min(1)
    .max(6)
    .meta({
      title: 'Options',
      description:
        'One to six ways to serve the same volume: lines of one’s own, owning, renting, or all of them',
    }),
  discountRatePerYear: rate('Discount rate', 'Effective a year, as a decimal: 0.1 is 10%'),
  months: z
    .number()
    .int()
    .min(1)
    .max(longestHorizonMonths)
    .default(36)
    .meta({ title: 'Horizon', description: 'Months from the opening to the closing', 'x-unit': 'month' }),
  volume: Volume.optional(),
  settlement: z.enum(settlements).default('month-end').meta({
    title: 'Settlement',
    description: 'When the money of a month moves; it is discounted from then',
  }),
  baseline: z.string().max(100).optional().meta({
    title: 'Baseline',
    description: 'Option that the others are investments against; else the first',
  }),
  inflationPerYear: rate('Inflation', 'Of recurring costs and pay, at each anniversary').default(0),
  taxRate: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .meta({ title: 'Tax rate', description: 'On profit; 0 is a case before tax', 'x-unit': 'ratio' }),
  taxLosses: z.enum(lossRules).default('relieved-at-once').meta({
    title: 'Tax losses',
    description: 'Relieved by other profits of the company at once, or carried forward',
  }),
  financeRatePerYear: rate(
    'Finance rate',
    'For the modified rate of return; else the discount rate',
  ).optional(),
  reinvestRatePerYear: rate('Reinvestment rate', 'For the same; else the discount rate').optional(),
  currency: z
    .strictObject({
      code: z
        .string()
        .regex(/^[A-Z]{3}$/, { message: 'a currency has three capital letters, such as EUR.' })
        .meta({
          title: 'Code',
          description: 'ISO 4217, such as EUR',
        }),
      usdPerUnit: z.number().positive().max(1e6).meta({
        title: 'Exchange rate',
        description: 'USD for one unit',
        'x-unit': 'USD',
      }),
      date: z.iso.date().meta({ title: 'Date', description: 'Day of the exchange rate' }),
    })
    .optional()
    .meta({ title: 'Currency', description: 'Also state the cost in this currency, at one dated rate' }),
  views: z
    .enum(['none', 'month', 'year'])
    .default('none')
    .meta({ title: 'Views', description: 'Cash, profit and loss, and balance sheet, by month or year' }),
  uncertainty: Uncertainty.optional(),
  flips: z.boolean().default(false).meta({
    title: 'Flips',
    description: 'Also say for every number at which value the verdict changes, and when to look again',
  }),
})
export type CaseInput = z.output<typeof CaseInput>

const usd = (title: string) => z.number().meta({ title, 'x-unit': 'USD' })
const ratio = (title: string) => z.number().meta({ title, 'x-unit': 'ratio' })
const years = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'year' })

const Investment = z.strictObject({
  netPresentValueUsd: usd('Net present value against the baseline'),
  internalRatesPerYear: z.array(ratio('Internal rate of return')),
  internalRateNote: z.string().nullable().meta({ title: 'Why there is not one internal rate' }),
  modifiedRatePerYear: ratio('Modified internal rate of return').nullable(),
  paybackYears: years('Payback; null where it never pays back'),
  discountedPaybackYears: years('Discounted payback; null where it never pays back'),
})

export const CaseOutput = z.strictObject({
  cheapest: z.string().meta({ title: 'Option with the lowest net present cost' }),
  months: z.number().meta({ title: 'Horizon', 'x-unit': 'month' }),
  options: z.array(
    z.strictObject({
      name: z.string().meta({ title: 'Name' }),
      netPresentCostUsd: usd('Net present cost'),
      totalCostUsd: usd('Cost, undiscounted'),
      equivalentAnnualCostUsd: usd('Equivalent annual cost'),
      levelisedUsdPerMillionTokens: z.number().nullable().meta({
        title: 'Levelised cost of a million tokens',
        'x-unit': 'USD/million tokens',
      }),
      netPresentCostInCurrency: z.number().nullable().meta({
        title: 'Net present cost in the currency asked',
        'x-unit': 'unit of currency',
      }),
      rentBand: z
        .strictObject({
          lowUsd: usd('Net present cost, rents at the low end'),
          highUsd: usd('Net present cost, rents at the high end'),
        })
        .nullable()
        .meta({ title: 'Band of the rents; null where nothing is rented' }),
      lines: z.array(
        z.strictObject({
          name: z.string().meta({ title: 'Name' }),
          presentUsd: usd('Present value'),
          totalUsd: usd('Cost, undiscounted'),
        }),
      ),
      investment: Investment.nullable().meta({ title: 'Against the baseline; null for the baseline' }),
      views: z.array(View).nullable().meta({ title: 'Cash, profit and loss, balance sheet' }),
    }),
  ),
  flips: z
    .array(
      z.strictObject({
        field: z.string().meta({ title: 'Field' }),
        title: z.string().meta({ title: 'What it is' }),
        value: z.number().meta({ title: 'Value in the case', 'x-unit': 'unit of the input' }),
        searchedLow: z.number().meta({ title: 'Least value searched', 'x-unit': 'unit of the input' }),
        searchedHigh: z.number().meta({ title: 'Greatest value searched', 'x-unit': 'unit of the input' }),
        flip: FlipValue.nullable().meta({ title: 'Flip; null where none lies in the searched range' }),
      }),
    )
    .nullable()
    .meta({ title: 'What would change the verdict, the nearest first; null where it was not asked' }),
  triggers: z.array(Trigger).nullable().meta({ title: 'When to look again; null where it was not asked' }),
  reviewOn: z.string().nullable().meta({ title: 'Day to look again; null where it was not asked' }),
  uncertainty: UncertainResult.nullable().meta({ title: 'How sure; null where nothing is uncertain' }),
})
