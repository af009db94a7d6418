import type { z } from 'zod'
import { numberText, percentText, usdText } from '../../format.ts'
import { MONTHS_PER_YEAR } from '../../units.ts'
import type { CaseOutput } from '../business-case-fields.ts'

type Case = z.output<typeof CaseOutput>
type Option = Case['options'][number]

/** A business case as a finance lead would tell it. */
export function caseWords(result: Case): string[] {
  const ranked = result.options.toSorted((a, b) => a.netPresentCostUsd - b.netPresentCostUsd)
  const [best, next] = ranked
  if (!best) return []
  return [
    verdict(best, next, result.months),
    ...largestLines(best),
    ...(best.levelisedUsdPerMillionTokens === null
      ? []
      : [`That is ${usdText(best.levelisedUsdPerMillionTokens)} for each million tokens, levelised.`]),
    ...result.options.flatMap(investmentWords),
    ...sureWords(result),
    ...(result.triggers ?? []).slice(0, 2).map(({ sentence }) => sentence),
    ...(result.reviewOn === null ? [] : [`Review on ${result.reviewOn}.`]),
  ]
}

const years = (count: number): string => `${numberText(count)} ${count === 1 ? 'year' : 'years'}`

function verdict(best: Option, next: Option | undefined, months: number): string {
  const cost = `Over ${years(months / MONTHS_PER_YEAR)}, ${best.name} costs ${usdText(best.netPresentCostUsd)} in today's money`
  if (!next) return `${cost}; there is nothing to compare it with.`
  const saved = next.netPresentCostUsd - best.netPresentCostUsd
  const share = next.netPresentCostUsd > 0 ? ` (${percentText(saved / next.netPresentCostUsd)})` : ''
  return `${cost}, ${usdText(saved)}${share} less than ${next.name}.`
}

function largestLines({ lines, netPresentCostUsd }: Option): string[] {
  const largest = lines.toSorted((a, b) => b.presentUsd - a.presentUsd).slice(0, 2)
  if (largest.length < 2 || netPresentCostUsd <= 0) return []
  const parts = largest.map(
    ({ name, presentUsd }) =>
      `${name} ${usdText(presentUsd)} (${percentText(presentUsd / netPresentCostUsd)})`,
  )
  return [`Most of it is ${parts.join(' and ')}.`]
}

/** What an option is worth as an investment, said of each that is one. */
function investmentWords({ name, investment }: Option): string[] {
  if (investment === null) return []
  const { netPresentValueUsd, internalRatesPerYear, internalRateNote, paybackYears, discountedPaybackYears } =
    investment
  const [rate] = internalRatesPerYear
  const worth =
    netPresentValueUsd >= 0
      ? `As an investment ${name} is worth ${usdText(netPresentValueUsd)} more than the baseline`
      : `As an investment ${name} loses ${usdText(-netPresentValueUsd)} against the baseline`
  const returns =
    internalRatesPerYear.length === 1 && rate !== undefined
      ? `; it returns ${percentText(rate)} a year`
      : internalRateNote === null
        ? ''
        : `; it has no single rate of return: ${internalRateNote.replace(/\.$/, '')}`
  const back =
    paybackYears === null
      ? ' and never pays back.'
      : paybackYears === 0
        ? '; nothing is laid out first.'
        : ` and pays back after ${years(paybackYears)}${discountedPaybackYears === null ? ', discounted never' : `, discounted after ${years(discountedPaybackYears)}`}.`
  return [`${worth}${returns}${back}`]
}

function sureWords({ uncertainty, cheapest }: Case): string[] {
  if (uncertainty === null) return []
  const chosen = uncertainty.options.find(({ name }) => name === cheapest)
  if (!chosen) return []
  const [widest] = uncertainty.inputs
  const { cheapestOnAverage } = uncertainty
  return [
    `With the ranges given, ${cheapest} is the cheapest in ${percentText(chosen.probabilityCheapest)} of ${uncertainty.draws.toLocaleString('en-US')} draws; nine in ten cost between ${usdText(chosen.p5Usd)} and ${usdText(chosen.p95Usd)}, and choosing it is expected to cost ${usdText(chosen.expectedRegretUsd)} more than the best choice in hindsight.`,
    ...(cheapestOnAverage === cheapest
      ? []
      : [
          `On average over the draws, though, ${cheapestOnAverage} costs less: the middle values hide the long tail.`,
        ]),
    ...(widest && widest.shareOfVariance > 0
      ? [
          `The answer hangs most on ${widest.input}: ${percentText(widest.shareOfVariance)} of the spread${widest.flip ? `; the verdict changes at ${numberText(widest.flip.value)}` : ''}.`,
        ]
      : []),
  ]
}
