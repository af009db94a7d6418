import { z } from 'zod'
import { modelName, quantisationIn } from '../../model/prices/served-name.ts'
import { weights } from '../dataset.ts'
import renames from '../model-renames.json' with { type: 'json' }
import sellers from '../sellers.json' with { type: 'json' }
import servedNames from '../served-names.json' with { type: 'json' }
import { readJson, type Upstream } from './read.ts'

/** A model as publishers know it: our id, and every name that stands for it. */
export interface CatalogueModel {
  /** The weights repository for open weights, `maker/name` for closed ones. */
  readonly id: string
  readonly openWeights: boolean
  /** The catalogue's own ids and the repositories: `meta/llama-3.3-70b-instruct`. */
  readonly names: readonly string[]
  /** The router's ids, which may stand for other models than the same words elsewhere. */
  readonly routerNames: readonly string[]
}

export const catalogueFiles = {
  models: 'models-dev/models.json',
  offers: 'models-dev/api.json',
  openRouter: 'openrouter/models-2026-08-01.json',
} as const

const Models = z.record(
  z.string(),
  z.object({
    open_weights: z.boolean(),
    weights: z.array(z.object({ url: z.string(), quantization: z.string().optional() })).optional(),
  }),
)
const Sold = z.record(
  z.string(),
  z.object({
    models: z.record(z.string(), z.object({ open_weights: z.boolean(), base_model: z.string().optional() })),
  }),
)
const OpenRouter = z.object({
  data: z.array(z.object({ id: z.string(), hugging_face_id: z.string().nullish() })),
})

const repositoryIn = (url: string): string | null =>
  /^https:\/\/huggingface\.co\/([\w.-]+\/[\w.-]+)$/.exec(url)?.[1] ?? null

const renamed = new Map(Object.entries(renames).map(([old, now]) => [old.toLowerCase(), now]))

interface Gathered {
  readonly id: string
  readonly openWeights: boolean
  readonly names: Set<string>
  readonly routerNames: Set<string>
}
const newModel = (id: string, openWeights: boolean): Gathered => ({
  id,
  openWeights,
  names: new Set(),
  routerNames: new Set(),
})

/**
 * The models that publishers link to their weights: models.dev by its `weights`, OpenRouter by its
 * `hugging_face_id`, and Hugging Face, whose served names are the repositories themselves. To these come the weights
 * of our own facts that are made to answer (neither bases nor requantised copies), the closed models that makers
 * sell under their own name, and served names that their seller's own page explains.
 */
export function modelCatalogue(
  upstream: Upstream,
  offers: readonly { readonly seller: string; readonly servedModel: string }[],
): CatalogueModel[] {
  const models = readJson(upstream, catalogueFiles.models, Models)
  const sold = readJson(upstream, catalogueFiles.offers, Sold)
  const openRouter = readJson(upstream, catalogueFiles.openRouter, OpenRouter).data

  const linked = Object.entries(models).map(([name, { open_weights, weights = [] }]) => ({
    name,
    list: 'names' as const,
    openWeights: open_weights,
    repository: repositoryIn(weights.find(({ quantization }) => quantization === undefined)?.url ?? ''),
  }))
  const routed = openRouter.flatMap(({ id, hugging_face_id }) =>
    hugging_face_id
      ? [{ name: id, list: 'routerNames' as const, openWeights: true, repository: hugging_face_id }]
      : [],
  )
  const hosted = Object.keys(sold.huggingface?.models ?? {}).map((name) => ({
    name,
    list: 'names' as const,
    openWeights: true,
    repository: name,
  }))
  const known = new Set([...linked, ...routed, ...hosted].map(({ name }) => modelName(name)))
  const madeByCatalogue = sellers.makers.flatMap((maker) =>
    Object.entries(sold[maker]?.models ?? {}).flatMap(([name, { open_weights, base_model }]) =>
      open_weights || base_model !== undefined || known.has(modelName(name))
        ? []
        : [{ name: `${maker}/${name}`, list: 'names' as const, openWeights: false, repository: null }],
    ),
  )
  for (const { name } of madeByCatalogue) known.add(modelName(name))
  const made = [...madeByCatalogue, ...listedByClosedMakers(offers, known)]
  const renowned = Object.entries(servedNames).map(([name, { model }]) => ({
    name,
    list: 'names' as const,
    openWeights: true,
    repository: model,
  }))
  const ours = weights
    .filter(({ id }) => /instruct|chat|-it\b/i.test(id) && quantisationIn(id) === null)
    .map(({ id }) => ({ name: id, list: 'names' as const, openWeights: true, repository: id }))
  const repositoriesByName = new Map(
    [...hosted, ...routed].map(({ name, repository }) => [modelName(name), repository] as const),
  )
  const gathered = new Map<string, Gathered>()
  for (const { name, list, openWeights, repository } of [
    ...linked,
    ...routed,
    ...hosted,
    ...made,
    ...ours,
    ...renowned,
  ]) {
    const weights = repository ?? (openWeights ? repositoriesByName.get(modelName(name)) : undefined)
    const printed = weights ?? name
    const id = renamed.get(printed.toLowerCase()) ?? printed
    const model = gathered.get(id.toLowerCase()) ?? newModel(id, openWeights)
    model[list].add(name)
    if (weights !== undefined) model.names.add(weights)
    gathered.set(id.toLowerCase(), model)
  }
  return [...gathered.values()]
    .map(({ id, openWeights, names, routerNames }) => ({
      id,
      openWeights,
      names: [...names].toSorted(),
      routerNames: [...routerNames].filter((name) => !names.has(name)).toSorted(),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Names without a path, a variant or a price tier: those stand for themselves. */
const plainName = /^(?!.*-(?:lte|gt)-\d+k$)[\w.-]+$/

/** What makers of closed models list under their own name and no catalogue knows yet. */
function listedByClosedMakers(
  offers: readonly { readonly seller: string; readonly servedModel: string }[],
  known: ReadonlySet<string>,
) {
  const makers: Readonly<Record<string, string>> = sellers.closedMakers
  const listed = new Map(
    offers
      .filter(({ seller, servedModel }) => {
        const prefix = makers[seller]
        return prefix !== undefined && servedModel.startsWith(prefix) && plainName.test(servedModel)
      })
      .map(({ seller, servedModel }) => [modelName(servedModel), `${seller}/${servedModel}`] as const)
      .toSorted(([, a], [, b]) => (a < b ? 1 : -1)),
  )
  return [...listed]
    .filter(([name]) => !known.has(name))
    .map(([, name]) => ({ name, list: 'names' as const, openWeights: false, repository: null }))
}
