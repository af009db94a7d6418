/** The closed list of units that a field, a value or a term may carry. A typo is a compile error. */
export type Unit =
  | 'bit/weight'
  | 'byte'
  | 'byte/second'
  | 'byte/token'
  | 'kB'
  | 'MB'
  | 'GB'
  | 'TB'
  | 'KiB'
  | 'MiB'
  | 'GiB'
  | 'TiB'
  | 'parameter'
  | 'element'
  | 'token'
  | 'token/second'
  | 'token/month'
  | 'million tokens'
  | 'million tokens/month'
  | 'sequence'
  | 'request'
  | 'request/second'
  | 'request/month'
  | 'GPU'
  | 'GPU hour'
  | 'instance'
  | 'replica'
  | 'server'
  | 'layer'
  | 'count'
  | 'ratio'
  | 'second'
  | 'millisecond'
  | 'hour'
  | 'hour/month'
  | 'month'
  | 'year'
  | 'FLOP'
  | 'FLOP/second'
  | 'FLOP/token'
  | 'watt'
  | 'kilowatt'
  | 'kilowatt hour'
  | 'watt hour/million tokens'
  | 'gram/million tokens'
  | 'gram/kilowatt hour'
  | 'joule'
  | 'joule/token'
  | 'USD'
  | 'unit of currency'
  | 'unit of the input'
  | 'USD/hour'
  | 'USD/month'
  | 'USD/GPU hour'
  | 'USD/GPU'
  | 'USD/kilowatt hour'
  | 'USD/kilowatt month'
  | 'USD/million tokens'

declare module 'zod' {
  interface GlobalMeta {
    /** Unit of a number. */
    readonly 'x-unit'?: Unit
    /** Other spellings of an enum's values: spelling to value. */
    readonly 'x-aliases'?: Readonly<Record<string, string>>
    /** A field for the API and the page, left out of a cell's positional arguments. */
    readonly 'x-apiOnly'?: boolean
    /** The field that may stand in this one's place; in a cell, where it cannot, this one is required. */
    readonly 'x-requiredUnless'?: string
  }
}
