import { invalid } from '../problem.ts'

const mostPatterns = 20_000
const mostAlternatives = 64
/** Up to so many names, looking for each is quicker than looking up each run of steps. */
const fewNames = 32

/**
 * Modules that a config keeps out of its quantisation: `modules_to_not_convert` (transformers), `ignore`
 * (compressed-tensors, ModelOpt), `exclude_modules` (ModelOpt).
 *
 * A bare name stands for a run of whole steps of a path, so that `gate` is the router and not `gate_proj`; `*` stands
 * for anything, and a pattern that names a module names what is inside it; after `re:` the subset `.*`, `\.`, `(a|b)`, `^`, `$` of regular expressions is read. Patterns are
 * matched here step by step and never compiled, so that no config can make the matching slow.
 */
export class KeptModules {
  readonly #names = new Set<string>()
  readonly #globs: string[] = []
  /** Patterns that are written in more of the language of regular expressions than is read here. */
  readonly unread: string[] = []

  constructor(patterns: readonly unknown[]) {
    if (patterns.length > mostPatterns) {
      throw invalid(
        'config.quantization_config',
        `config.quantization_config: ${patterns.length} patterns of modules are more than ${mostPatterns}.`,
      )
    }
    for (const pattern of patterns) if (typeof pattern === 'string') this.#add(pattern)
  }

  #add(pattern: string): void {
    if (pattern.startsWith('re:')) {
      const globs = globsOf(pattern.slice(3))
      if (globs) this.#globs.push(...globs)
      else this.unread.push(pattern)
    } else if (pattern.includes('*')) this.#globs.push(pattern)
    else this.#names.add(pattern)
  }

  has(path: string): boolean {
    return (
      this.#hasName(path) || this.#globs.some((glob) => matches(glob, path) || matches(`${glob}.*`, path))
    )
  }

  /** Names and globs together: what each path is held against. */
  get size(): number {
    return this.#names.size + this.#globs.length
  }

  #hasName(path: string): boolean {
    if (this.#names.size <= fewNames) {
      const steps = `.${path}.`
      return [...this.#names].some((name) => steps.includes(`.${name}.`))
    }
    const steps = path.split('.')
    return steps.some((_, from) =>
      steps
        .slice(from)
        .some((_step, count) => this.#names.has(steps.slice(from, from + count + 1).join('.'))),
    )
  }
}

/** Globs that together say what a regular expression says, or null where it says more than a glob can. */
function globsOf(expression: string): string[] | null {
  const isOpen = !expression.endsWith('$')
  const anchored = expression.replace(/^\^/, '').replace(/\$$/, '')
  const expanded = alternatives(anchored)
  if (!expanded) return null
  const globs = expanded.map(
    (plain) => plain.replaceAll('.*', '*').replaceAll('\\.', '.') + (isOpen ? '*' : ''),
  )
  return globs.some((glob) => /[\\+?()[\]{}|^$]/.test(glob)) ? null : globs
}

function alternatives(expression: string): string[] | null {
  const found = /\(([^()]*)\)/.exec(expression)
  if (!found) return [expression]
  const [whole, inner = ''] = found
  const before = expression.slice(0, found.index)
  const after = alternatives(expression.slice(found.index + whole.length))
  const combined = after?.flatMap((rest) => inner.split('|').map((choice) => before + choice + rest))
  return combined && combined.length <= mostAlternatives ? combined : null
}

/** Whether `*` in a glob can stand for something that makes it the text; linear in the length of both together. */
function matches(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*')
  const last = rest.pop()
  if (last === undefined) return glob === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
