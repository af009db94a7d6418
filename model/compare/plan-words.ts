import type { Assumption } from '../calculation.ts'
import {
  changeText,
  countText,
  numberText,
  numberTextBeyond,
  percentText,
  usdText,
  wholeText,
} from '../format.ts'
import { ageInDays } from '../prices/age.ts'
import type { BreakEvenResult } from './break-evens.ts'
import type { ComparisonResult, FlipResult, OptionResult } from './comparison-result.ts'
import type { Plan } from './plan.ts'

/** A plan in sentences and a table: what every page of it says, whatever its form. */
export interface PlanWords {
  readonly verdict: readonly string[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly breakEvens: readonly string[]
  readonly flips: readonly string[]
  readonly excluded: readonly string[]
  readonly traffic: readonly string[]
  readonly assumptions: readonly string[]
  readonly dates: readonly string[]
  readonly sources: readonly string[]
}

export function planWords(plan: Plan): PlanWords {
  const { comparison } = plan.result
  return {
    verdict: verdictOf(comparison),
    columns: ['Option', 'USD a month', 'P10 to P90', 'USD per 1M', 'Hardware', 'Used', 'Price checked'],
    rows: comparison.options.map((option) => rowOf(option, plan)),
    breakEvens: breakEvensOf(comparison),
    flips: flipsOf(comparison),
    excluded: comparison.excluded.map(({ name, reason }) => `${name}: ${reason}`),
    traffic: trafficOf(plan),
    assumptions: plan.assumptions.map((assumption) => assumptionOf(assumption, plan)),
    dates: datesOf(plan),
    sources: plan.sources.map(({ title, date }) => (date === undefined ? title : `${title} (${date})`)),
  }
}

const doing: Readonly<Record<string, string>> = {
  'token-api': 'Buy tokens',
  'rented-gpus': 'Rent GPUs',
  'bought-servers': 'Buy servers',
}

/** The verdict, the break-evens, and what would change it, in sentences. */
export const comparisonWords = (comparison: ComparisonResult): string[] => [
  ...verdictOf(comparison),
  ...breakEvensOf(comparison),
  ...flipsOf(comparison),
]

function verdictOf({ cheapest, certainty, options, excluded }: ComparisonResult): string[] {
  const [best] = options
  if (!cheapest || !best || !certainty) {
    return [`No verdict: none of ${excluded.length} options can take part.`]
  }
  const { runnerUp, savedUsdPerMonth, savedRatio } = cheapest
  const saved =
    runnerUp === null || savedUsdPerMonth === null || savedRatio === null
      ? 'There is no other option to compare it with.'
      : `${usdText(savedUsdPerMonth)} a month (${percentText(savedRatio)}) less than the next: ${runnerUp}.`
  const own = options.find(({ kind }) => kind !== best.kind && kind !== 'token-api')
  return [
    `${doing[best.kind]}: ${best.name}, ${usdText(best.usdPerMonth)} a month, ${usdText(best.usdPerMillionTokens)} per million tokens.`,
    saved,
    ...(best.kind === 'token-api' && own ? [againstOwn(own, options)] : []),
    certainty.atLeastRatio === null
      ? certainty.sentence
      : `At least ${percentText(certainty.atLeastRatio)} sure, given these prices and this traffic. ${certainty.sentence}`,
  ]
}

/** What a copy of one's own costs, and whether it would beat a dearer API. */
function againstOwn(own: OptionResult, options: readonly OptionResult[]): string {
  const cost = `The best copy of one's own, ${own.name}, costs ${usdText(own.usdPerMonth)} a month`
  const dearer = options.find(
    ({ kind, usdPerMonth }) => kind === 'token-api' && usdPerMonth > own.usdPerMonth,
  )
  return dearer
    ? `${cost}: less than ${dearer.name} at ${usdText(dearer.usdPerMonth)}.`
    : `${cost}, more than every API here.`
}

/** When an option's price was seen: in the book, or in the source that an assumption cites for it. */
export function checkedOf(
  { place, price }: OptionResult,
  { assumptions, result }: Plan,
): { checkedOn: string; isStale: boolean } | null {
  if (price) return price
  const prices = [`options.${place}.usdPerGpuHour`, `options.${place}.usdPerGpu`]
  const date = assumptions.find(({ field, source }) => prices.includes(field) && source?.date)?.source?.date
  if (date === undefined) return null
  return { checkedOn: date, isStale: ageInDays(date, result.asked.asOf ?? date).isStale }
}

function rowOf(option: OptionResult, plan: Plan): string[] {
  const { hardware, usdPerMonthInterval: band } = option
  const checked = checkedOf(option, plan)
  return [
    option.name,
    usdText(option.usdPerMonth),
    band ? `${usdText(band.p10)} to ${usdText(band.p90)}` : '',
    usdText(option.usdPerMillionTokens),
    hardware ? `${wholeText(hardware.gpuCount)} × ${hardware.gpu}` : '',
    hardware ? percentText(hardware.utilisationRatio) : '',
    checked ? `${checked.checkedOn}${checked.isStale ? ', stale' : ''}` : '',
  ]
}

/** The best copy of one's own against every API, and the bought against the rented. */
function breakEvensOf(comparison: ComparisonResult): string[] {
  const kinds = new Map(comparison.options.map(({ name, kind }) => [name, kind]))
  const bestOwn = comparison.options.find(({ kind }) => kind !== 'token-api')?.name
  return comparison.breakEvens
    .filter(({ own, rival }) => kinds.get(rival) !== 'token-api' || own === bestOwn)
    .map(breakEvenSentence)
}

function breakEvenSentence(of: BreakEvenResult): string {
  const { own, rival, firstTokensPerMonth: first, forGoodFromTokensPerMonth: forGood, gpusThen } = of
  const pair = `${own} against ${rival}:`
  if (first === null) {
    return `${pair} never. Fully used, it costs ${usdText(of.ownUsdPerMillionTokensFullyUsed)} per million tokens against ${usdText(of.rivalUsdPerMillionTokensFullyUsed)}.`
  }
  if (first === 1 && forGood === 1) return `${pair} costs no more from the first token on.`
  const gpus = gpusThen === null ? '' : `, on ${wholeText(gpusThen)} ${gpusThen === 1 ? 'GPU' : 'GPUs'}`
  const after =
    forGood === first
      ? ' and never costs more again'
      : forGood === null
        ? `; then ${of.crossingCount - 1} further crossings${of.reason === null ? '' : ` (${of.reason})`}`
        : `, crosses ${of.crossingCount - 1} more times as hardware is added, and for good from ${wholeText(forGood)}`
  return `${pair} costs no more from ${wholeText(first)} tokens a month${gpus}${after}.`
}

const mostFlips = 2

function flipsOf(comparison: ComparisonResult): string[] {
  const flips = comparison.flips.filter(({ changeRatio }) => changeRatio !== null).slice(0, mostFlips)
  if (flips.length === 0)
    return ['Nothing: no single number flips the verdict between a tenth and ten times its value.']
  return flips.map(flipSentence)
}

function flipSentence({ field, of, value, flipsAt, changeRatio, cheapestThen }: FlipResult): string {
  if (flipsAt === null || changeRatio === null) return `${field}: never.`
  return `${fieldWords(field)}${of === null ? '' : ` of ${of}`} from ${numberText(value)} to ${numberTextBeyond(flipsAt, value)} (${changeText(changeRatio)}): then ${cheapestThen}.`
}

/** `options.2.usdPerGpuHour` is `usd per gpu hour`. */
export const fieldWords = (field: string): string =>
  field
    .slice(field.lastIndexOf('.') + 1)
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(usd|gpu|kwh)\b/g, (word) => (word === 'kwh' ? 'kWh' : word.toUpperCase()))

function trafficOf({ result: { comparison, asked, replay } }: Plan): string[] {
  const { traffic } = comparison
  const { workload } = asked
  return [
    `${countText(traffic.requestsPerMonth)} requests and ${countText(traffic.tokensPerMonth)} tokens a month: ${countText(traffic.inputTokensPerRequest)} in and ${countText(traffic.outputTokensPerRequest)} out per request, ${percentText(traffic.cachedInputRatio)} of the input cached.`,
    `The busiest minutes are ${numberText(traffic.peakToMean)} times the mean of ${countText(traffic.activeHoursPerMonth)} active hours; own hardware is sized for them.`,
    ...(workload.from === 'profile'
      ? [
          `Arrivals vary ${numberText(workload.profile.dispersion.perSecond)} times as much as Poisson by the second and ${numberText(workload.profile.dispersion.perMinute)} times by the minute.`,
        ]
      : []),
    ...(replay ? [replaySentence(replay)] : []),
  ]
}

function replaySentence({ option, requests, ttftMs, tpotMs }: NonNullable<Plan['result']['replay']>): string {
  const of = (milliseconds: number | null) =>
    milliseconds === null ? 'unknown' : `${wholeText(milliseconds)} ms`
  return `The busiest minutes replayed on ${option}, ${wholeText(requests)} requests: the first token after ${of(ttftMs.p50)} in the middle, ${of(ttftMs.p90)} for nine of ten and ${of(ttftMs.p99)} for ninety-nine of a hundred; then ${of(tpotMs.p50)} per token, ${of(tpotMs.p90)} for nine of ten.`
}

function assumptionOf({ field, value, unit, because }: Assumption, { result }: Plan): string {
  const { options } = result.comparison
  const [, place, name] = /^options\.(\d+)\.(.+)$/.exec(field) ?? []
  const option = options.find((one) => String(one.place) === place)
  const where = option ? `${fieldWords(name ?? '')} of ${option.name}` : fieldWords(field)
  const shown =
    typeof value === 'number'
      ? `${numberText(value)}${unit === null || unit === 'ratio' ? '' : ` ${unit}`}`
      : String(value ?? 'unknown')
  if (because === 'default') return `${where}: ${shown} (default).`
  return `${where}: ${shown}. ${because}${/[.!?]$/.test(because) ? '' : '.'}`
}

function datesOf(plan: Plan): string[] {
  const {
    dataset: { pricesAsOf, version },
    result: { asked, comparison },
  } = plan
  const { asOf } = asked
  const stale = comparison.options.flatMap((option) => {
    const checked = checkedOf(option, plan)
    return checked?.isStale ? [`${option.name} (${checked.checkedOn})`] : []
  })
  return [
    `Prices of ${asOf}; the newest in the book was checked on ${pricesAsOf ?? 'no day: there is no book'}; facts ${version}.`,
    ...(stale.length > 0
      ? [`Checked more than 30 days ago: ${stale.join(', ')}. Refresh them or set your own.`]
      : []),
  ]
}
