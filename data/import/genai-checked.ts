import { parse } from 'yaml'
import { z } from 'zod'
import { isoDate } from '../../model/offers.ts'
import { checked, ImportProblem } from './import-problem.ts'
import type { Upstream } from './read.ts'
import { filesInTar } from './tar.ts'

const publisherFolder = 'genai-prices'
export const providerFiles = `${publisherFolder}/providers-yml.tar.gz`
const servedFiles = 'providers/'

const Provider = z.object({
  id: z.string(),
  models: z.array(z.object({ id: z.string(), prices_checked: isoDate.optional() })),
})

/**
 * The day on which genai-prices last checked a model's price itself, by `provider/model`: its provider files keep
 * it, the compiled data do not.
 */
export function checkedDays(upstream: Upstream): ReadonlyMap<string, string> {
  return new Map(
    [...providerTexts(upstream)]
      .filter(([name]) => name.endsWith('.yml'))
      .flatMap(([name, text]) => {
        const { id, models } = checked(Provider, name, read(name, text))
        return models.flatMap((model) =>
          model.prices_checked === undefined ? [] : [[`${id}/${model.id}`, model.prices_checked] as const],
        )
      }),
  )
}

/** The provider files by name: one by one as the publisher serves them, or in an archive. */
function providerTexts(upstream: Upstream): ReadonlyMap<string, string> {
  const served = upstream.list(publisherFolder).filter((name) => name.startsWith(servedFiles))
  if (served.length > 0) {
    return new Map(
      served.map((name) => [`${publisherFolder}/${name}`, upstream.text(`${publisherFolder}/${name}`)]),
    )
  }
  try {
    const files = filesInTar(upstream.bytes(providerFiles))
    return new Map([...files].map(([name, text]) => [`${providerFiles}/${name}`, text]))
  } catch (error) {
    if (error instanceof ImportProblem) throw error
    throw new ImportProblem(providerFiles, [`it is not a whole archive (${(error as Error).message}).`])
  }
}

function read(name: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new ImportProblem(name, [`it is not whole YAML (${(error as Error).message}).`])
  }
}
