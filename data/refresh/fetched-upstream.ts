import { ImportProblem } from '../import/import-problem.ts'
import type { Upstream } from '../import/read.ts'

/** Files that were fetched, as importers read them. */
export function fetchedUpstream(files: ReadonlyMap<string, Uint8Array>): Upstream {
  const bytes = (path: string): Uint8Array => {
    const content = files.get(path)
    if (content === undefined) throw new ImportProblem(path, ['it was not fetched.'])
    return content
  }
  return {
    text: (path) => new TextDecoder().decode(bytes(path)),
    bytes,
    list: (folder) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1))
        .toSorted(),
  }
}
