import type { Term } from '../breakdown.ts'
import { evaluate, sum } from '../breakdown.ts'
import { type Assumption, calculation } from '../calculation.ts'
import { invalid, unknown } from '../problem.ts'
import { examples } from './business-case-examples.ts'
import { type CaseInput, CaseOutput, CaseInput as Input } from './business-case-fields.ts'
import type { CaseLine } from './case-lines.ts'
import { linesOf, planOptions, pricesOf } from './lines/option-lines.ts'
import { type Appraised, appraise, type CaseRules, costsOf, investmentOf } from './option-appraisal.ts'
import { rentBands, rentRanges, withRents } from './rent-band.ts'
import { volumesOver } from './trends.ts'
import { flipsOfCase } from './uncertainty/case-flips.ts'
import { simulateCase } from './uncertainty/case-simulation.ts'
import type { CaseState } from './uncertainty/case-state.ts'
import { reviewDay, triggersOf } from './uncertainty/triggers.ts'
import { viewsOf } from './views.ts'

export const businessCase = calculation({
  id: 'business-case',
  title: 'Business case',
  summary:
    'Options over months or years: net present cost, rates of return, payback, levelised cost, and the accounts they would leave',
  formula: 'netPresentCost = Σ (paid − received) / (1 + discountRatePerYear)^years, after tax',
  sheet: false,
  input: Input,
  output: CaseOutput,
  sources: [
    {
      title:
        'R. Brealey, S. Myers, F. Allen, "Principles of Corporate Finance", 10th edition, chapters 5 and 6',
    },
    { title: 'IRS Publication 946 (2024), appendix A, table A-1: MACRS, half-year convention' },
  ],
  examples,
  prices: ({ options }) => options.flatMap(({ owning, renting }) => pricesOf(owning, renting)),
  compute(input, facts) {
    const planned = planOptions(input.options, input.months, facts)
    const cases = planned.options.map((option) => ({
      name: option.name,
      lines: linesOf(option, input.months),
    }))
    checkTogether({ ...input, options: cases })
    const rules = rulesOf(input)
    const appraised = cases.map((option) => appraise(option, rules))
    const costs = appraised.map((option) => costsOf(option, rules))
    const baseline = appraised[baselineIndex(input)]
    const best = costs.reduce(
      (least, { netPresentCostUsd }, index) =>
        netPresentCostUsd < (costs[least]?.netPresentCostUsd ?? 0) ? index : least,
      0,
    )
    const bands = rentBands(cases, facts)
    const options = appraised.map((option, index) => {
      const cost = costs[index] ?? costsOf(option, rules)
      const lines = cases[index]?.lines ?? []
      const at = (end: 'low' | 'high'): number =>
        costsOf(appraise({ name: option.name, lines: withRents(lines, bands, end) }, rules), rules)
          .netPresentCostUsd
      return {
        name: option.name,
        ...cost,
        netPresentCostInCurrency: input.currency ? cost.netPresentCostUsd / input.currency.usdPerUnit : null,
        rentBand: lines.some(({ kind }) => kind === 'gpu-rent')
          ? { lowUsd: at('low'), highUsd: at('high') }
          : null,
        lines: [...option.lines],
        investment: baseline && option !== baseline ? investmentOf(option, baseline, rules) : null,
        views:
          input.views === 'none'
            ? null
            : viewsOf({
                postings: option.postings,
                tax: option.tax,
                horizon: rules.horizon,
                by: input.views,
              }),
      }
    })
    const cheapest = appraised[best]
    if (!cheapest) throw new Error('A case has at least one option.')
    const breakdown = termsOf(cheapest, rules)
    const state: CaseState = { ...input, options: planned.options }
    const uncertain = input.uncertainty
      ? simulateCase(input.uncertainty, input, state, [...planned.ranges, ...rentRanges(state, bands)])
      : null
    const flips = input.flips && cases.length > 1 ? flipsOfCase(input, state) : null
    const triggers = flips && triggersOf(flips, state, facts.asOf)
    const sure = uncertain?.options.find(({ name }) => name === cheapest.name)
    return {
      result: {
        cheapest: cheapest.name,
        months: input.months,
        options,
        uncertainty: uncertain,
        flips,
        triggers,
        reviewOn: triggers && reviewDay(triggers),
      },
      value: evaluate(breakdown),
      unit: 'USD',
      breakdown,
      assumptions: [...assumptionsOf(input), ...planned.assumptions, ...bands.assumptions],
      interval: sure ? { p10: sure.p10Usd, p50: sure.p50Usd, p90: sure.p90Usd } : null,
      sources: [...planned.assumptions.flatMap(({ source }) => source ?? []), ...bands.sources],
    }
  },
})

function rulesOf(input: CaseInput): CaseRules {
  const horizon = { months: input.months, settlement: input.settlement }
  return {
    horizon,
    millionTokens: volumesOver(horizon, input.volume),
    inflationPerYear: input.inflationPerYear,
    taxRate: input.taxRate,
    taxLosses: input.taxLosses,
    discountRatePerYear: input.discountRatePerYear,
    financeRatePerYear: input.financeRatePerYear ?? input.discountRatePerYear,
    reinvestRatePerYear: input.reinvestRatePerYear ?? input.discountRatePerYear,
  }
}

/** The present value of each line, then of the tax, which belongs to all of them together. */
function termsOf(option: Appraised, rules: CaseRules): Term[] {
  const lines = sum(
    ...option.lines.map(({ name, presentUsd }) => ({ name, value: presentUsd, unit: 'USD' as const })),
  )
  if (rules.taxRate === 0) return lines
  const beforeTaxUsd = evaluate(lines)
  const { netPresentCostUsd } = costsOf(option, rules)
  return [...lines, { name: 'tax', operator: 'add', value: netPresentCostUsd - beforeTaxUsd, unit: 'USD' }]
}

function baselineIndex({ baseline, options }: CaseInput): number {
  if (baseline === undefined) return 0
  const index = options.findIndex(({ name }) => name === baseline)
  if (index >= 0) return index
  throw unknown(
    'baseline',
    'option',
    baseline,
    options.map(({ name }) => name),
  )
}

/** What no single field can know. */
function checkTogether({
  options,
  months,
  volume,
}: Pick<CaseInput, 'months' | 'volume'> & {
  readonly options: readonly { readonly name: string; readonly lines: readonly CaseLine[] }[]
}): void {
  options.forEach((option, at) => {
    if (options.findIndex(({ name }) => name === option.name) !== at) {
      throw invalid(
        `options.${at}.name`,
        `options.${at}.name: "${option.name}" is the name of two options; each needs its own.`,
      )
    }
    option.lines.forEach((line, index) => {
      const path = `options.${at}.lines.${index}`
      if ('shareOfVolume' in line && !volume) {
        throw invalid('volume', `volume is missing: ${path} ("${line.name}") hangs on it.`)
      }
      if (line.kind === 'committed-spend' && !option.lines.some(({ kind }) => kind === 'tokens')) {
        throw invalid(
          path,
          `${path}: "${line.name}" is what tokens leave unspent, and "${option.name}" has no line of tokens; add the one that the commitment is about.`,
        )
      }
      const end =
        line.kind === 'lease'
          ? { field: 'months', month: line.months }
          : line.kind === 'purchase' && line.loan
            ? { field: 'loan.months', month: line.month + line.loan.months }
            : line.kind === 'purchase' || line.kind === 'once'
              ? { field: 'month', month: line.month }
              : undefined
      if (end && end.month > months) {
        throw invalid(
          `${path}.${end.field}`,
          `${path}.${end.field}: "${line.name}" reaches month ${end.month}, after the horizon's ${months} months; nothing may be left to pay when the case closes.`,
        )
      }
    })
  })
}

function assumptionsOf(input: CaseInput): Assumption[] {
  const says = (field: string, value: unknown, because: string): Assumption => ({
    field,
    value,
    unit: null,
    because,
  })
  const { currency } = input
  return [
    ...(input.uncertainty ? [] : [says('interval', null, 'One path, without uncertainty: no band.')]),
    ...(input.taxRate > 0
      ? [
          says(
            'taxRate',
            input.taxRate,
            'Paid each month on that month’s profit; the tax year begins at the opening.',
          ),
        ]
      : []),
    ...(currency
      ? [
          says(
            'currency',
            currency.code,
            `One ${currency.code} is ${currency.usdPerUnit} USD, the rate of ${currency.date} given, for the whole horizon.`,
          ),
        ]
      : []),
  ]
}
