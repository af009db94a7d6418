import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImportProblem } from './import-problem.ts'
import type { Upstream } from './read.ts'

/** The publishers' files in a folder of the file system. */
export function folder(root: string): Upstream {
  const read = <Content>(path: string, reader: (full: string) => Content): Content => {
    try {
      return reader(join(root, path))
    } catch {
      throw new ImportProblem(path, [`there is no such file in ${root}.`])
    }
  }
  return {
    text: (path) => read(path, (full) => readFileSync(full, 'utf8')),
    bytes: (path) => read(path, (full) => readFileSync(full)),
    list: (path) => read(path, (full) => readdirSync(full).toSorted()),
  }
}
