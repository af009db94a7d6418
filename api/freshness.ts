import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Built {
  /** The folder that was built. */
  readonly built: string
  /** How it was built, where that can be chosen. */
  readonly settings: string
}

const stampOf = (built: string): string => join(built, '.built')

/** Notes that a folder holds what its sources give now. */
export const stamp = ({ built, settings }: Built): void => writeFileSync(stampOf(built), settings)

/** Whether no source was written, added or taken away since a folder was built with these settings. */
export function isFresh({
  built,
  settings,
  sources,
}: Built & { readonly sources: readonly string[] }): boolean {
  try {
    const { mtimeMs } = statSync(stampOf(built))
    return (
      readFileSync(stampOf(built), 'utf8') === settings &&
      sources.every((source) => !isNewer(source, mtimeMs))
    )
  } catch {
    return false
  }
}

/** A folder counts as well as what lies in it: it changes with each file that is taken away. */
function isNewer(path: string, than: number): boolean {
  const found = statSync(path)
  if (found.mtimeMs > than) return true
  return found.isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), than))
}
