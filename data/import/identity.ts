import type { TokenOffer } from '../../model/offers.ts'
import { groupBy } from '../../model/prices/group-by.ts'
import { modelName, servedName } from '../../model/prices/served-name.ts'
import type { FoundTokenOffer } from './importer.ts'
import type { CatalogueModel } from './model-catalogue.ts'

type Identity = Pick<TokenOffer, 'model' | 'modelRule' | 'openWeights'>

/** A name that several models answer to: it joins none of them. */
export interface AmbiguousName {
  readonly name: string
  readonly models: readonly string[]
}

export interface Identifier {
  identify(offer: FoundTokenOffer): Identity
  readonly ambiguous: readonly AmbiguousName[]
}

/**
 * Finds the model behind a served name. The publisher's own link comes first, a name that is the weights'
 * repository or a catalogue id second, the normalised name last. A name that fits several models, or a model whose
 * openness the publisher of the offer denies, joins nothing: a wrong join is worse than none.
 */
export function identifier(catalogue: readonly CatalogueModel[]): Identifier {
  const own = (model: CatalogueModel) => [model.id, ...model.names]
  const routed = ({ routerNames }: CatalogueModel) => routerNames
  const all = (model: CatalogueModel) => [...own(model), ...routed(model)]
  const linkedId = index(catalogue, own, lowerCase)
  const routedId = index(catalogue, routed, lowerCase)
  const anyId = index(catalogue, all, lowerCase)
  const anyName = index(catalogue, all, modelName)

  const found = (offer: FoundTokenOffer): Found => {
    const { modelLink, servedModel, seller, openWeights } = offer
    const linked = modelLink === null ? none : (linkedId.get(lowerCase(modelLink)) ?? none)
    if (linked.size > 0) return { models: linked, rule: 'base-model-link' }
    const viaRouter = seller === 'openrouter' ? (routedId.get(lowerCase(servedModel)) ?? none) : none
    if (viaRouter.size > 0) return { models: viaRouter, rule: 'weights-link' }
    const served =
      anyId.get(lowerCase(servedModel)) ?? linkedId.get(`${seller}/${servedName(servedModel)}`) ?? none
    if (served.size > 0) return { models: served, rule: 'served-id' }
    const named = anyName.get(modelName(servedModel)) ?? none
    const isDenied = [...named].some((model) => openWeights !== null && openWeights !== model.openWeights)
    return { models: isDenied ? none : named, rule: 'normalised-name' }
  }

  const identify = (offer: FoundTokenOffer): Identity => {
    const { models, rule } = found(offer)
    const [model] = models
    return model === undefined || models.size > 1
      ? { model: null, modelRule: null, openWeights: offer.openWeights }
      : { model: model.id, modelRule: rule, openWeights: model.openWeights }
  }
  const ambiguous = [...anyName]
    .filter(([, models]) => models.size > 1)
    .map(([name, models]) => ({ name, models: [...models].map(({ id }) => id).toSorted() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { identify, ambiguous }
}

interface Found {
  readonly models: ReadonlySet<CatalogueModel>
  readonly rule: NonNullable<TokenOffer['modelRule']>
}

const none: ReadonlySet<CatalogueModel> = new Set()
const lowerCase = (name: string): string => name.toLowerCase()

function index(
  catalogue: readonly CatalogueModel[],
  namesOf: (model: CatalogueModel) => readonly string[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, ReadonlySet<CatalogueModel>> {
  const entries = catalogue.flatMap((model) => namesOf(model).map((name) => ({ key: keyOf(name), model })))
  return new Map(
    [...groupBy(entries, ({ key }) => key)].map(([key, own]) => [
      key,
      new Set(own.map(({ model }) => model)),
    ]),
  )
}
