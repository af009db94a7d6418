import type { z } from 'zod'
import { invalid } from '../../problem.ts'
import type { CaseInput } from '../business-case-fields.ts'
import type { CitedRange } from '../lines/figure.ts'
import { linesOf } from '../lines/option-lines.ts'
import { type UncertainInput, uncertainInputs } from './case-inputs.ts'
import { type CaseCosts, caseModel } from './case-model.ts'
import { type CaseState, copyOf } from './case-state.ts'
import type { UncertainResult, Uncertainty } from './case-uncertainty-fields.ts'
import { type Column, drawsOf } from './draws.ts'
import type { Bounds } from './field-bounds.ts'
import { type CostsAt, flipOf, lead } from './flip.ts'
import { namedFlip } from './named-flip.ts'
import { searchedRange, shareOfVariance } from './sensitivity.ts'
import { regretsOf, summaryOf } from './summary.ts'

type Result = z.output<typeof UncertainResult>

/** A case with some of its numbers drawn, all options on the same draws. */
export function simulateCase(
  uncertainty: Uncertainty,
  input: CaseInput,
  original: CaseState,
  ranges: readonly CitedRange[],
): Result {
  const state = copyOf(original)
  const inputs = uncertainInputs(uncertainty, input, state, ranges)
  checkBudget(uncertainty, inputs, state)
  const costsNow = caseModel(
    state,
    inputs.flatMap(({ fields }) => fields),
  )
  const drawn = drawInputs(inputs, uncertainty)
  const costs = drawCosts(inputs, drawn, costsNow, uncertainty.draws, state.options.length)
  const names = state.options.map(({ name }) => name)
  const summaries = costs.map(summaryOf)
  const means = summaries.map(({ meanUsd }) => meanUsd)
  const best = means.indexOf(Math.min(...means))
  const regrets = regretsOf(costs)
  return {
    draws: uncertainty.draws,
    cheapestOnAverage: names[best] ?? '',
    options: names.map((name, at) => ({
      name,
      ...(summaries[at] ?? summaryOf(new Float64Array())),
      ...(regrets[at] ?? { probabilityCheapest: 0, expectedRegretUsd: 0 }),
    })),
    inputs: names.length > 1 ? leadsOf(inputs, drawn, costs, costsNow, best, names) : [],
    samples: uncertainty.samples ? samplesOf(inputs, drawn, costs, names) : null,
  }
}

interface Drawn {
  readonly values: Column
  readonly cutRatio: number
}

function drawInputs(
  inputs: readonly UncertainInput[],
  { draws, seed, correlations }: Uncertainty,
): readonly Drawn[] {
  const luckOf = new Map(inputs.map(({ name, luck }) => [name, luck]))
  for (const { between } of correlations) {
    for (const name of between) {
      if (!luckOf.has(name)) throw invalid('uncertainty.correlations', noInput(name, [...luckOf.keys()]))
    }
    if (between[0] === between[1]) {
      throw invalid(
        'uncertainty.correlations',
        `uncertainty.correlations: "${between[0]}" cannot be correlated with itself; two names are needed.`,
      )
    }
  }
  const columns = drawsOf({
    quantiles: new Map(inputs.map(({ name, quantile }) => [name, quantile])),
    correlations,
    seed,
    draws,
    luckOf: (name) => luckOf.get(name) ?? name,
  })
  return inputs.map(({ name, bounds }) => within(columns.get(name) ?? new Float64Array(draws), bounds))
}

const noInput = (name: string, known: readonly string[]): string =>
  `uncertainty.correlations: there is no uncertain input "${name}"; there are: ${known.join(', ')}.`

/** Draws that a field does not accept take the nearest value that it does. */
function within(column: Column, bounds: Bounds): Drawn {
  let cut = 0
  const values = column.map((value) => {
    const accepted = accept(value, bounds)
    if (value < bounds.low || value > bounds.high) cut++
    return accepted
  })
  return { values, cutRatio: cut / column.length }
}

const accept = (value: number, { low, high, whole }: Bounds): number =>
  Math.min(high, Math.max(low, whole ? Math.round(value) : value))

function drawCosts(
  inputs: readonly UncertainInput[],
  drawn: readonly Drawn[],
  costsNow: CaseCosts,
  draws: number,
  optionCount: number,
): readonly Column[] {
  const columns = Array.from({ length: optionCount }, () => new Float64Array(draws))
  const turned = inputs.flatMap(({ dials }, at) =>
    dials.map((dial) => ({ dial, values: drawn[at]?.values ?? new Float64Array() })),
  )
  for (let draw = 0; draw < draws; draw++) {
    for (const { dial, values } of turned) dial.turn(values[draw] ?? 0)
    const costs = costsNow()
    for (let at = 0; at < optionCount; at++) {
      const column = columns[at]
      if (column) column[draw] = costs[at] ?? 0
    }
  }
  return columns
}

/** How the lead of the option that is cheapest on average hangs on each input, the others at their medians. */
function leadsOf(
  inputs: readonly UncertainInput[],
  drawn: readonly Drawn[],
  costs: readonly Column[],
  costsNow: CaseCosts,
  best: number,
  names: readonly string[],
): Result['inputs'] {
  const medianOf = ({ quantile, bounds }: UncertainInput): number => accept(quantile(0.5), bounds)
  const turn = (input: UncertainInput, value: number): void => {
    for (const dial of input.dials) dial.turn(accept(value, input.bounds))
  }
  for (const input of inputs) turn(input, medianOf(input))
  const draws = drawn[0]?.values.length ?? 0
  const leads = new Float64Array(draws)
  const each = new Float64Array(costs.length)
  for (let draw = 0; draw < draws; draw++) {
    for (let at = 0; at < costs.length; at++) each[at] = costs[at]?.[draw] ?? 0
    leads[draw] = lead(each, best)
  }
  return inputs
    .map((input, at) => {
      const { name, fields, quantile, bounds } = input
      const median = medianOf(input)
      const costsAt: CostsAt = (value) => {
        turn(input, value)
        const now = [...costsNow()]
        turn(input, median)
        return now
      }
      const range = searchedRange(quantile)
      const [low, high] = [Math.max(range.low, bounds.low), Math.min(range.high, bounds.high)]
      const flip = flipOf({ from: median, low, high, whole: bounds.whole }, costsAt)
      return {
        input: name,
        fields: [...fields],
        median,
        p5: accept(quantile(0.05), bounds),
        p95: accept(quantile(0.95), bounds),
        leadAtP5Usd: lead(costsAt(quantile(0.05)), best),
        leadAtP95Usd: lead(costsAt(quantile(0.95)), best),
        shareOfVariance: shareOfVariance(drawn[at]?.values ?? new Float64Array(), leads),
        searchedLow: low,
        searchedHigh: high,
        cutRatio: drawn[at]?.cutRatio ?? 0,
        flip: flip && namedFlip(flip, names),
      }
    })
    .toSorted((a, b) => b.shareOfVariance - a.shareOfVariance || (a.input < b.input ? -1 : 1))
}

const samplesOf = (
  inputs: readonly UncertainInput[],
  drawn: readonly Drawn[],
  costs: readonly Column[],
  names: readonly string[],
): Record<string, number[]> =>
  Object.fromEntries([
    ...inputs.map(({ name }, at) => [`input ${name}`, Array.from(drawn[at]?.values ?? [])]),
    ...names.map((name, at) => [`option ${name}`, Array.from(costs[at] ?? [])]),
  ])

/** Postings that a simulation may take: about half a second. */
const mostSteps = 1e8
const mostSamples = 1e6

function checkBudget(
  { draws, samples }: Uncertainty,
  inputs: readonly UncertainInput[],
  { options, months }: CaseState,
): void {
  const lines = options.reduce((count, option) => count + linesOf(option, months).length, 0)
  const perDraw = months * (lines + options.length)
  if (draws * perDraw > mostSteps) {
    throw invalid(
      'uncertainty.draws',
      `uncertainty.draws: ${draws} draws of ${lines} lines over ${months} months take ${draws * perDraw} steps; at most ${mostSteps} are accepted, so at most ${Math.floor(mostSteps / perDraw)} draws.`,
    )
  }
  const cells = draws * (inputs.length + options.length)
  if (samples && cells > mostSamples) {
    throw invalid(
      'uncertainty.samples',
      `uncertainty.samples: ${cells} numbers would be given; at most ${mostSamples} are accepted.`,
    )
  }
}
