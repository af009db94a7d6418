import { largestTokensPerMonth } from '../workload/workload.ts'
import { type Question, trafficIn } from './question.ts'

/** One number of a question that can be turned. */
export interface Dial {
  /** Where it stands: `options.1.usdPerGpuHour`. */
  readonly field: string
  readonly value: number
  /** The range to search, the value included. */
  readonly from: number
  readonly to: number
  /** Only whole numbers make sense. */
  readonly whole: boolean
  /** The question with another value. */
  turned(value: number): Question
}

/** A search ends at a tenth and at ten times the value, and at what the field accepts. */
const searchFactor = 10

/** Another layout has another speed, so none is turned alone; a month has the hours that it has. */
export const neverTurned: ReadonlySet<string> = new Set([
  'gpusPerReplica',
  'gpusPerInstance',
  'hoursPerMonth',
])

/** Speeds and some prices hold for requests of these lengths: with other ones they would be others. */
export const lengthNames: ReadonlySet<string> = new Set([
  'inputTokensPerRequest',
  'outputTokensPerRequest',
  'cachedInputRatio',
])

/** Left at one they say that tokens are counted alike: nothing to turn. Else they lengthen an option's requests. */
const ratioNames = new Set(['tokenizerRatio', 'hiddenReasoningRatio'])

const wholeNames = new Set(['tokensPerMonth'])

export const mostHoursPerMonth = 1000

/** What the schemas accept, where that is tighter than the search. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  cachedInputRatio: [0, 1],
  residualRatio: [0, 1],
  costOfCapitalPerYear: [0, 1],
  plannedUtilisation: [0, 1],
  peakToMean: [1, Number.POSITIVE_INFINITY],
  hiddenReasoningRatio: [1, 1000],
  powerUsageEffectiveness: [1, 10],
  tokenizerRatio: [0, 100],
  kilowattsPerGpu: [0, 100],
  lifeMonths: [0, 240],
  horizonMonths: [0, 240],
  workingDaysPerMonth: [0, 31],
  workingHoursPerDay: [0, 24],
}

/** Whether speeds or prices in a question follow from the lengths of the requests. */
export const dependsOnLengths = (options: Question['options']): boolean =>
  options.some((option) => option.kind !== 'token-api' || option.followsLengths)

/** Every number of a question, in the order in which they stand. */
export function dialsOf(question: Question, usdPerMonthAtMost: number): Dial[] {
  const { workload, settings, options, peakToMean, activeHoursPerMonth } = question
  const lengthsStand = dependsOnLengths(options)
  const dial = (field: string, value: number, turned: (value: number) => Question): Dial[] => {
    const name = field.slice(field.lastIndexOf('.') + 1)
    if (
      neverTurned.has(name) ||
      (lengthsStand && lengthNames.has(name)) ||
      (ratioNames.has(name) && value === 1)
    )
      return []
    const [least, most] = boundsOf(field, value, question)
    const whole = wholeNames.has(name)
    if (value !== 0) {
      const [from, to] = [Math.max(least, value / searchFactor), Math.min(most, value * searchFactor)]
      return [{ field, value, from: whole ? Math.ceil(from) : from, to, whole, turned }]
    }
    // From nothing a share may rise to one, and a monthly sum to more than any option costs.
    const to = most === 1 ? most : name === 'fixedUsdPerMonth' ? searchFactor * usdPerMonthAtMost : 0
    return to > 0 ? [{ field, value, from: 0, to, whole, turned }] : []
  }
  return [
    ...numbersOf(workload).flatMap(([name, value]) =>
      dial(`workload.${name}`, value, (to) => ({ ...question, workload: { ...workload, [name]: to } })),
    ),
    ...dial('peakToMean', peakToMean, (to) => ({ ...question, peakToMean: to })),
    ...(activeHoursPerMonth === undefined
      ? []
      : dial('activeHoursPerMonth', activeHoursPerMonth, (to) => ({ ...question, activeHoursPerMonth: to }))),
    ...numbersOf(settings).flatMap(([name, value]) =>
      dial(name, value, (to) => ({ ...question, settings: { ...settings, [name]: to } })),
    ),
    ...options.flatMap((option, place) =>
      numbersOf(option)
        .filter(([name]) => !(option.followsLengths && ratioNames.has(name)))
        .flatMap(([name, value]) =>
          dial(`options.${place}.${name}`, value, (to) => ({
            ...question,
            options: options.with(place, { ...option, [name]: to }),
          })),
        ),
    ),
  ]
}

const numbersOf = (record: object): [string, number][] =>
  Object.entries(record).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : []))

/** A product of rounded factors stays below a limit that it is to reach. */
const justWithin = 1 - 1e-12

/** What a field accepts while all others stay: also no more hours than there are, and no more tokens than count. */
function boundsOf(field: string, value: number, question: Question): readonly [number, number] {
  const name = field.slice(field.lastIndexOf('.') + 1)
  const { hoursPerMonth } = question.settings
  const traffic = trafficIn(question)
  if (name === 'activeHoursPerMonth') return [0, hoursPerMonth]
  const [least, most] = bounds[name] ?? [0, Number.POSITIVE_INFINITY]
  if (!field.startsWith('workload.') || name === 'cachedInputRatio') return [least, most]
  const hoursLeft = name.startsWith('working')
    ? hoursPerMonth / traffic.activeHoursPerMonth
    : Number.POSITIVE_INFINITY
  const volumeLeft = largestTokensPerMonth / traffic.tokensPerMonth
  return [
    Math.max(least, value / traffic.tokensPerMonth),
    Math.min(most, Math.max(value, value * Math.min(hoursLeft, volumeLeft) * justWithin)),
  ]
}
