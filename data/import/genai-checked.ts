import { parse } from 'yaml'
import { z } from 'zod'
import { isoDate } from '../../model/offers.ts'
import { checked, ImportProblem } from './import-problem.ts'
import type { Upstream } from './read.ts'
import { filesInTar } from './tar.ts'

export const providerFiles = 'genai-prices/providers-yml.tar.gz'

const Provider = z.object({
  id: z.string(),
  models: z.array(z.object({ id: z.string(), prices_checked: isoDate.optional() })),
})

/**
 * The day on which genai-prices last checked a model's price itself, by `provider/model`: its provider files keep
 * it, the compiled data do not.
 */
export function checkedDays(upstream: Upstream): ReadonlyMap<string, string> {
  let files: ReadonlyMap<string, string>
  try {
    files = filesInTar(upstream.bytes(providerFiles))
  } catch (error) {
    if (error instanceof ImportProblem) throw error
    throw new ImportProblem(providerFiles, [`it is not a whole archive (${(error as Error).message}).`])
  }
  return new Map(
    [...files]
      .filter(([name]) => name.endsWith('.yml'))
      .flatMap(([name, text]) => {
        const { id, models } = checked(Provider, `${providerFiles}/${name}`, parse(text))
        return models.flatMap((model) =>
          model.prices_checked === undefined ? [] : [[`${id}/${model.id}`, model.prices_checked] as const],
        )
      }),
  )
}
