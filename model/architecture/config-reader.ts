import { type InputProblem, invalid, quote } from '../problem.ts'

type Names = string | readonly string[]

interface Bounds {
  readonly least?: number
  readonly most?: number
}

/** Far above any published width, vocabulary or expert count; keeps every product finite. */
const most = 1e9
/** Far above any published depth (126 layers in 2024); keeps time and memory bounded for any config. */
export const mostLayers = 10_000

/**
 * The fields of a raw `config.json`, or of one nested in it, read with their types and bounds checked.
 *
 * Every method names the field by its full path when it refuses a value, and null counts as absent, as in Python.
 */
export class ConfigReader {
  readonly path: string
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(fields: Readonly<Record<string, unknown>>, path = 'config') {
    this.#fields = fields
    this.path = path
  }

  /** The same fields, with those that are absent taken from the model class's own defaults. */
  orDefaults(defaults: Readonly<Record<string, unknown>>): ConfigReader {
    const stated = this.names().map((name) => [name, this.raw(name)] as const)
    return new ConfigReader({ ...defaults, ...Object.fromEntries(stated) }, this.path)
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? undefined) : undefined
  }

  /** The names of all fields that are stated. */
  names(): string[] {
    return Object.keys(this.#fields).filter((name) => this.has(name))
  }

  problem(name: string, sentence: string): InputProblem {
    return invalid(`${this.path}.${name}`, `${this.path}.${name}${sentence}`)
  }

  /** @throws InputProblem when the field is absent, no whole number, or out of bounds. */
  whole(names: Names, bounds: Bounds = {}): number {
    return this.optionalWhole(names, bounds) ?? this.#missing(names, wholeIn(bounds))
  }

  optionalWhole(names: Names, bounds: Bounds = {}): number | undefined {
    const name = this.#stated(names)
    return name === undefined ? undefined : this.#checked(name, this.raw(name), bounds)
  }

  /** The first of the names that is stated, where several may differ. */
  firstWhole(names: readonly string[], bounds: Bounds = {}): number | undefined {
    const name = names.find((candidate) => this.has(candidate))
    return name === undefined ? undefined : this.#checked(name, this.raw(name), bounds)
  }

  number(name: string, fallback: number): number {
    const value = this.raw(name)
    if (value === undefined) return fallback
    if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most) return value
    throw this.problem(name, `: ${quote(value)} is not a number from -${most} to ${most}.`)
  }

  /** True or false; without a fallback the field must be stated. */
  flag(name: string, fallback?: boolean): boolean {
    const value = this.raw(name) ?? fallback
    if (value === undefined) return this.#missing(name, 'true or false')
    if (typeof value === 'boolean') return value
    throw this.problem(name, `: ${quote(value)} is not accepted; it must be true or false.`)
  }

  text(name: string): string | undefined {
    const value = this.raw(name)
    if (value === undefined || typeof value === 'string') return value
    throw this.problem(name, `: ${quote(value)} is not a text.`)
  }

  /** One whole number for each layer: a list of that length, or one number for all. */
  perLayer(names: Names, layers: number, bounds: Bounds = {}): number[] {
    const name = this.#stated(names)
    if (name === undefined) return this.#missing(names, `${wholeIn(bounds)}, or one for each layer`)
    const value = this.raw(name)
    if (!Array.isArray(value)) return new Array<number>(layers).fill(this.#checked(name, value, bounds))
    this.#checkLength(name, value, layers)
    return value.map((entry, index) => this.#checked(`${name}.${index}`, entry, bounds))
  }

  /** A list of whole numbers, of any length up to the bound on layers. */
  wholes(name: string, bounds: Bounds = {}): number[] {
    const value = this.#list(name)
    return value.map((entry, index) => this.#checked(`${name}.${index}`, entry, bounds))
  }

  /** A word for each layer, or for as many layers as there are words. */
  words(name: string, layers?: number): string[] {
    const value = this.#list(name)
    this.#checkLength(name, value, layers ?? value.length)
    return value.map((entry, index) => {
      if (typeof entry === 'string') return entry
      throw this.problem(`${name}.${index}`, `: ${quote(entry)} is not a text.`)
    })
  }

  /** A list of objects, such as the blocks of a searched architecture. */
  readers(name: string, layers: number): ConfigReader[] {
    const value = this.#list(name)
    this.#checkLength(name, value, layers)
    return value.map((entry, index) => this.#reader(`${name}.${index}`, entry))
  }

  nested(name: string): ConfigReader | undefined {
    const value = this.raw(name)
    return value === undefined ? undefined : this.#reader(name, value)
  }

  #reader(name: string, value: unknown): ConfigReader {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw this.problem(name, `: ${quote(value)} is not an object of named fields.`)
    }
    return new ConfigReader(value as Readonly<Record<string, unknown>>, `${this.path}.${name}`)
  }

  #list(name: string): readonly unknown[] {
    const value = this.raw(name)
    if (value === undefined) return this.#missing(name, 'a list')
    if (!Array.isArray(value)) throw this.problem(name, `: ${quote(value)} is not a list.`)
    if (value.length > mostLayers) {
      throw this.problem(name, `: a list of ${value.length} entries; at most ${mostLayers} are accepted.`)
    }
    return value
  }

  #checkLength(name: string, list: readonly unknown[], layers: number): void {
    if (list.length === layers) return
    throw this.problem(
      name,
      ` has ${list.length} entries, but the model has ${layers} layers; one for each is accepted.`,
    )
  }

  /** The name under which a quantity is stated. @throws InputProblem when two names state two numbers. */
  #stated(names: Names): string | undefined {
    if (typeof names === 'string') return this.has(names) ? names : undefined
    const [first, ...others] = names.filter((name) => this.has(name))
    if (first === undefined) return undefined
    for (const other of others) {
      const [one, two] = [this.raw(first), this.raw(other)]
      if (typeof one === 'number' && typeof two === 'number' && one !== two) {
        throw this.problem(
          other,
          `: ${quote(two)} contradicts ${first} ${quote(one)}; the two name one quantity, give one of them.`,
        )
      }
    }
    return first
  }

  #checked(name: string, value: unknown, bounds: Bounds): number {
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= (bounds.least ?? 1) &&
      value <= (bounds.most ?? most)
    ) {
      return value
    }
    throw this.problem(name, `: ${quote(value)} is not accepted; it must be ${wholeIn(bounds)}.`)
  }

  #missing(names: Names, accepted: string): never {
    const [first = '', ...others] = typeof names === 'string' ? [names] : names
    const also = others.length > 0 ? ` (also known as ${others.join(', ')})` : ''
    throw this.problem(first, ` is missing${also}; it must be ${accepted}.`)
  }
}

const wholeIn = ({ least = 1, most: upTo = most }: Bounds): string =>
  `a whole number from ${least} to ${upTo}`
