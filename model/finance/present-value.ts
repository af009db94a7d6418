/** An amount at a time, received if positive, paid if negative. */
export interface Flow {
  /** Years from the day that values are discounted to. */
  readonly years: number
  readonly usd: number
}

/** An amount on a day: `YYYY-MM-DD`. */
export interface DatedFlow {
  readonly date: string
  readonly usd: number
}

/** When in its period a flow counts as paid. Spreadsheets' NPV takes `period-end`. */
export const timings = ['period-end', 'mid-period', 'period-start'] as const
export type Timing = (typeof timings)[number]

/** How far into its period a flow stands. */
const shareOfPeriod: Readonly<Record<Timing, number>> = {
  'period-end': 1,
  'mid-period': 0.5,
  'period-start': 0,
}

const millisecondsPerDay = 86_400_000
/** Actual/365 fixed: what XNPV and XIRR count by (OASIS OpenDocument v1.2 part 2, section 6.12, XNPV). */
const daysPerYear = 365

/**
 * Worth now of flows at any times.
 *
 *   presentValue = Σ usd / (1 + ratePerYear)^years
 *
 * Sign convention: as the flows. `ratePerYear` is an effective rate as a decimal, above -1; at 0 it is the plain sum.
 *
 * @see R. Brealey, S. Myers, F. Allen, "Principles of Corporate Finance", 10th edition, section 2-1
 */
export const presentValue = ({
  ratePerYear,
  flows,
}: {
  readonly ratePerYear: number
  readonly flows: readonly Flow[]
}): number => flows.reduce((value, { years, usd }) => value + usd * (1 + ratePerYear) ** -years, 0)

/**
 * Worth now of one flow a period: NPV, with its timing stated.
 *
 *   netPresentValue = Σ flows[k] / (1 + ratePerPeriod)^(k + shareOfPeriod[timing])
 *
 * At `period-end`, the first flow is one whole period away. An outlay now is added outside, or is the first flow of a
 * list at `period-start`.
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12.30 NPV
 */
export const netPresentValue = ({
  ratePerPeriod,
  flows,
  timing = 'period-end',
}: {
  readonly ratePerPeriod: number
  readonly flows: readonly number[]
  readonly timing?: Timing
}): number =>
  presentValue({
    ratePerYear: ratePerPeriod,
    flows: flows.map((usd, index) => ({ years: index + shareOfPeriod[timing], usd })),
  })

/**
 * Worth, on the first flow's day, of flows on given days: XNPV.
 *
 *   datedNetPresentValue = Σ usd / (1 + ratePerYear)^(days since the first flow / 365)
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, XNPV
 */
export const datedNetPresentValue = ({
  ratePerYear,
  flows,
}: {
  readonly ratePerYear: number
  readonly flows: readonly DatedFlow[]
}): number => presentValue({ ratePerYear, flows: sinceFirst(flows) })

/** Flows on days as flows at years from the first one's day. */
export function sinceFirst(flows: readonly DatedFlow[]): Flow[] {
  const days = flows.map(({ date }) => Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay)
  const [first = 0] = days
  return flows.map(({ usd }, index) => ({ years: ((days[index] ?? first) - first) / daysPerYear, usd }))
}
