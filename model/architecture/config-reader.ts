import { type InputProblem, invalid, quote } from '../problem.ts'

type Names = string | readonly string[]

interface Bounds {
  readonly least?: number
  readonly most?: number
  /** What sets the bound, where it is another field: `since the model has 32 layers`. */
  readonly because?: string
}

/** Far above any published width, vocabulary or expert count; keeps every product finite. */
const most = 1e9
/** Far above any published depth (126 layers in 2024); keeps time and memory bounded for any config. */
export const mostLayers = 10_000

/** What reading a config left behind. */
class ReadingLog {
  /** Paths of the fields that were asked for. */
  readonly asked = new Set<string>()
  /** What stood in for fields that are absent; null where nothing did. */
  readonly defaults = new Map<string, unknown>()
}

/**
 * The fields of a raw `config.json`, or of one nested in it, read with their types and bounds checked.
 *
 * Every method names the field by its full path when it refuses a value, and null counts as absent, as in Python.
 * What stands in for an absent field is noted, so that an answer can name it.
 */
export class ConfigReader {
  readonly path: string
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #log: ReadingLog

  constructor(fields: Readonly<Record<string, unknown>>, path = 'config', log = new ReadingLog()) {
    this.#fields = fields
    this.path = path
    this.#log = log
  }

  /** The same fields, with those that are absent taken from the model class's own defaults. */
  orDefaults(defaults: Readonly<Record<string, unknown>>): ConfigReader {
    for (const [name, value] of Object.entries(defaults)) {
      if (this.#value(name) === undefined) this.#note(name, value)
    }
    return this.or(defaults)
  }

  /** The same fields, with those that are absent taken from where else the config states them. */
  or(elsewhere: Readonly<Record<string, unknown>>): ConfigReader {
    const filled = Object.entries(elsewhere).filter(([name]) => this.#value(name) === undefined)
    return new ConfigReader({ ...this.#fields, ...Object.fromEntries(filled) }, this.path, this.#log)
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined
  }

  raw(name: string): unknown {
    this.#log.asked.add(`${this.path}.${name}`)
    return this.#value(name)
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? undefined) : undefined
  }

  /** Whether the config names the field at all, null included. */
  mentions(name: string): boolean {
    return Object.hasOwn(this.#fields, name)
  }

  /** Whether anything asked for the field; what nobody asks for is not counted. */
  wasAsked(name: string): boolean {
    return this.#log.asked.has(`${this.path}.${name}`)
  }

  /** What stood in for absent fields, by their full paths; null where nothing did. */
  get defaults(): ReadonlyMap<string, unknown> {
    return this.#log.defaults
  }

  /** A field that says null says so: nothing stands in for it. */
  #note<Value>(names: Names, value: Value): Value {
    const listed = typeof names === 'string' ? [names] : names
    const [name] = listed
    if (!listed.some((candidate) => this.mentions(candidate))) {
      this.#log.defaults.set(`${this.path}.${name}`, value)
    }
    return value
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

  /** A whole number, or what the model's class takes where the config states none. */
  wholeOr<Fallback extends number | null>(
    names: Names,
    fallback: Fallback,
    bounds: Bounds = {},
  ): number | Fallback {
    return this.optionalWhole(names, bounds) ?? this.#note(names, fallback)
  }

  /** The first of the names that is stated, where several may differ. */
  firstWholeOr<Fallback extends number | null>(
    names: readonly string[],
    fallback: Fallback,
  ): number | Fallback {
    const name = names.find((candidate) => this.has(candidate))
    return name === undefined ? this.#note(names, fallback) : this.#checked(name, this.raw(name), {})
  }

  number(name: string, fallback: number): number {
    const value = this.raw(name)
    if (value === undefined) return this.#note(name, fallback)
    if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most) return value
    throw this.problem(name, `: ${quote(value)} is not a number from -${most} to ${most}.`)
  }

  /** True or false; without a fallback the field must be stated. */
  flag(name: string, fallback?: boolean): boolean {
    const value = this.raw(name)
    if (value === undefined) {
      return fallback === undefined ? this.#missing(name, 'true or false') : this.#note(name, fallback)
    }
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
    return new ConfigReader(value as Readonly<Record<string, unknown>>, `${this.path}.${name}`, this.#log)
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

const wholeIn = ({ least = 1, most: upTo = most, because }: Bounds): string =>
  `a whole number from ${least} to ${upTo}${because === undefined ? '' : `, ${because}`}`

/** Bounds of a count of layers within a model. */
export const upToLayers = (layers: number): Bounds => ({
  least: 0,
  most: layers,
  because: `since the model has ${layers} layers`,
})

/** Bounds of the place of a layer, the first being 0. */
export const layerPlace = (layers: number): Bounds => ({ ...upToLayers(layers), most: layers - 1 })
