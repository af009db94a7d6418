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
  const entries = catalogue.flatMap((model) => [model.id, ...model.names].map((name) => ({ name, model })))
  const byId = new Map(entries.map(({ name, model }) => [name.toLowerCase(), model]))
  const byName = new Map<string, ReadonlySet<CatalogueModel>>(
    [...groupBy(entries, ({ name }) => modelName(name))].map(([name, own]) => [
      name,
      new Set(own.map(({ model }) => model)),
    ]),
  )

  const identify = (offer: FoundTokenOffer): Identity => {
    const { modelLink, servedModel, seller, openWeights } = offer
    const linked = modelLink === null ? undefined : byId.get(modelLink.toLowerCase())
    if (linked) return { model: linked.id, modelRule: 'base-model-link', openWeights: linked.openWeights }
    const served =
      byId.get(servedModel.toLowerCase()) ?? byId.get(`${seller}/${servedName(servedModel)}`.toLowerCase())
    if (served) {
      const modelRule = seller === 'openrouter' ? 'weights-link' : 'served-id'
      return { model: served.id, modelRule, openWeights: served.openWeights }
    }
    const [named, ...others] = byName.get(modelName(servedModel)) ?? []
    const denied = named !== undefined && openWeights !== null && openWeights !== named.openWeights
    if (named === undefined || others.length > 0 || denied) {
      return { model: null, modelRule: null, openWeights }
    }
    return { model: named.id, modelRule: 'normalised-name', openWeights: named.openWeights }
  }
  const ambiguous = [...byName]
    .filter(([, models]) => models.size > 1)
    .map(([name, models]) => ({ name, models: [...models].map(({ id }) => id).toSorted() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { identify, ambiguous }
}
