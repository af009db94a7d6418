/** Recovery periods of the general depreciation system under the half-year convention. */
export const macrsClasses = [3, 5, 7, 10, 15, 20] as const
export type MacrsClass = (typeof macrsClasses)[number]

/**
 * Percentage of the unadjusted basis in each tax year, half-year convention, as the Internal Revenue Service prints it:
 * the rounding is part of the rule. Computers are 5-year property (table B-1, asset class 00.12).
 *
 * @see IRS Publication 946 (2024), "How To Depreciate Property", appendix A, table A-1
 */
const percentOfBasis: Readonly<Record<MacrsClass, readonly number[]>> = {
  3: [33.33, 44.45, 14.81, 7.41],
  5: [20, 32, 19.2, 11.52, 11.52, 5.76],
  7: [14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46],
  10: [10, 18, 14.4, 11.52, 9.22, 7.37, 6.55, 6.55, 6.56, 6.55, 3.28],
  15: [5, 9.5, 8.55, 7.7, 6.93, 6.23, 5.9, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 2.95],
  20: [
    3.75, 7.219, 6.677, 6.177, 5.713, 5.285, 4.888, 4.522, 4.462, 4.461, 4.462, 4.461, 4.462, 4.461, 4.462,
    4.461, 4.462, 4.461, 4.462, 4.461, 2.231,
  ],
}
const percent = 100

/**
 * Tax depreciation of each tax year, salvage value ignored; one tax year more than the recovery period.
 *
 *   deduction of year y = costUsd × percentage of table A-1 in year y
 *
 * In the year of an early sale, half of that year's figure is allowed (Publication 946, chapter 4, "Sale or other
 * disposition before the recovery period ends").
 */
export const macrsHalfYear = ({
  costUsd,
  recoveryYears,
}: {
  readonly costUsd: number
  readonly recoveryYears: MacrsClass
}): number[] => percentOfBasis[recoveryYears].map((share) => (costUsd * share) / percent)
