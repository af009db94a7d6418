/** What is written off, and over how long. */
export interface Asset {
  readonly costUsd: number
  /** What it is expected to be worth at the end of its life; it is never written down below this. */
  readonly salvageUsd: number
  /** Whole years, or whole periods of any other length. */
  readonly lifeYears: number
}

const years = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

/**
 * Straight line, the charge of each year of the life: SLN.
 *
 *   charge = (costUsd - salvageUsd) / lifeYears
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, SLN
 */
export const straightLine = ({ costUsd, salvageUsd, lifeYears }: Asset): number[] =>
  years(lifeYears).map(() => (costUsd - salvageUsd) / lifeYears)

/**
 * Sum of the years' digits: SYD.
 *
 *   charge of year y = (costUsd - salvageUsd) × (lifeYears - y + 1) / (lifeYears × (lifeYears + 1) / 2)
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, SYD
 */
export const sumOfYearsDigits = ({ costUsd, salvageUsd, lifeYears }: Asset): number[] =>
  years(lifeYears).map(
    (year) => ((costUsd - salvageUsd) * (lifeYears - year + 1) * 2) / (lifeYears * (lifeYears + 1)),
  )

const monthsPerYear = 12
/** Spreadsheets round the rate of DB to three decimals, and only that gives their figures. */
const roundedToThousandths = (ratio: number): number => Math.floor(ratio * 1000 + 0.5) / 1000

/**
 * Fixed declining balance with a short first year: DB. One year more than the life where the first is short.
 *
 *   rate = 1 - (salvageUsd / costUsd)^(1 / lifeYears), rounded to three decimals
 *   first year: costUsd × rate × monthsInFirstYear / 12
 *   other years: book value × rate; the last, short one: book value × rate × (12 - monthsInFirstYear) / 12
 *
 * The rounding leaves the last book value near `salvageUsd`, not at it.
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, DB
 */
export function fixedDecliningBalance({
  costUsd,
  salvageUsd,
  lifeYears,
  monthsInFirstYear = monthsPerYear,
}: Asset & { readonly monthsInFirstYear?: number }): number[] {
  const keptRatio = costUsd === 0 ? 1 : salvageUsd / costUsd
  const rate = roundedToThousandths(1 - keptRatio ** (1 / lifeYears))
  const charges: number[] = []
  let bookUsd = costUsd
  for (const year of years(monthsInFirstYear === monthsPerYear ? lifeYears : lifeYears + 1)) {
    const months =
      year === 1 ? monthsInFirstYear : year > lifeYears ? monthsPerYear - monthsInFirstYear : monthsPerYear
    const charge = (bookUsd * rate * months) / monthsPerYear
    charges.push(charge)
    bookUsd -= charge
  }
  return charges
}

/** Twice the straight-line rate, unless said otherwise. */
const doubleRate = 2

/**
 * Declining balance at a multiple of the straight-line rate: DDB at factor 2, never below `salvageUsd`.
 *
 *   charge of a year = min(book value × min(1, factor / lifeYears), book value - salvageUsd)
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, DDB
 */
export const decliningBalance = (asset: Asset & { readonly factor?: number }): number[] =>
  declining(asset, false)

/**
 * Declining balance that changes to straight line over the remaining years as soon as that writes off more: VDB over
 * whole years. `chargeBetween` gives VDB between any two points of the life.
 *
 * @see OASIS OpenDocument v1.2 part 2 (OpenFormula), section 6.12, VDB
 */
export const switchingDecliningBalance = (asset: Asset & { readonly factor?: number }): number[] =>
  declining(asset, true)

function declining(
  { costUsd, salvageUsd, lifeYears, factor = doubleRate }: Asset & { readonly factor?: number },
  switches: boolean,
): number[] {
  const rate = Math.min(1, factor / lifeYears)
  let bookUsd = costUsd
  return years(lifeYears).map((year) => {
    const left = Math.max(0, bookUsd - salvageUsd)
    const declined = Math.min(bookUsd * rate, left)
    const charge = switches ? Math.max(declined, left / (lifeYears - year + 1)) : declined
    bookUsd -= charge
    return charge
  })
}

/** What a schedule of yearly charges writes off between two points of the life, part years in proportion. */
export const chargeBetween = (
  charges: readonly number[],
  { startYear, endYear }: { readonly startYear: number; readonly endYear: number },
): number =>
  charges.reduce((total, charge, index) => {
    const share = Math.min(endYear, index + 1) - Math.max(startYear, index)
    return total + charge * Math.max(0, share)
  }, 0)
