import type { Assumption } from '../calculation.ts'
import type { ComparisonResult, OptionResult } from '../compare/comparison-result.ts'
import type { Candidate } from '../compare/price-option.ts'
import type { Settings } from '../compare/priced-option.ts'
import type { Source } from '../source.ts'
import type { Traffic } from '../workload/traffic.ts'
import type { Dialect } from './dialect.ts'

/** One option: what it is made of, what came out, and what formulas call its figures. */
export interface ToldOption {
  readonly candidate: Candidate
  readonly answered: OptionResult
  readonly name: (field: string) => string
}

/** What every sheet is written from. */
export interface Told {
  /** The cheapest first. */
  readonly options: readonly ToldOption[]
  readonly traffic: Traffic
  readonly settings: Settings
  readonly result: ComparisonResult
  readonly assumptions: readonly Assumption[]
  readonly sources: readonly Source[]
  readonly dialect: Dialect
  readonly asOf: string
  readonly version: string
}
