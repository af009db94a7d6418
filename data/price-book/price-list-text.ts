import { type KnownMeter, knownMeters, type MeterPrice, type OfferKind } from '../../model/offers.ts'
import { usdPerMillionTokens } from '../../model/prices/amount.ts'
import { groupBy } from '../../model/prices/group-by.ts'

/*
 * A price list as one line of text, so that thousands of sellers with the same prices share it:
 *
 *   input 2.5 >200000 5|output 10 >200000 15|web-search/1000 10
 *
 * Meters stand between bars. `/` gives the number of units where it is not a million; `>` begins a tier above a
 * number of prompt tokens, `>=` from that number on, `+>` one that prices only what lies above; `(...)` is
 * the price that a promotion is taken from; `@` names what selects the tier where it is not the prompt.
 */

const usualSize = 1_000_000
const usualDimension = 'prompt-tokens'

/** How a list is read depends on its currency, and on whether a price of nothing is a price. */
export interface ListContext {
  readonly currency: string
  readonly kind: OfferKind
}

const unitOf = (meter: string): string =>
  Object.hasOwn(knownMeters, meter) ? knownMeters[meter as KnownMeter] : 'unstated'

const list = ({ listAmount }: MeterPrice): string => (listAmount === null ? '' : `(${listAmount})`)

export const priceListText = (meters: readonly MeterPrice[]): string =>
  [...groupBy(meters, ({ meter }) => meter)]
    .map(([meter, prices]) => {
      const [base] = prices
      if (!base) throw new Error('A meter needs a price.')
      const size = base.unitSize === usualSize ? '' : `/${base.unitSize}`
      const dimension = base.tierDimension === usualDimension ? '' : `@${base.tierDimension}`
      const steps = prices.map((price) =>
        price.tierFrom === 0
          ? `${price.amount}${list(price)}`
          : `${price.tierMode === 'marginal' ? '+' : ''}>${price.tierFromInclusive ? '=' : ''}${price.tierFrom} ${price.amount}${list(price)}`,
      )
      return [`${encodeURIComponent(meter)}${size}${dimension}`, ...steps].join(' ')
    })
    .join('|')

const costsNothing = (kind: OfferKind): boolean => kind === 'free' || kind === 'subscription'

const read = new Map<string, MeterPrice[]>()

/** The meters of a price list from its text; thousands of sellers share one. */
export function priceListOf(text: string, context: ListContext): MeterPrice[] {
  const key = `${context.currency} ${costsNothing(context.kind)} ${text}`
  const known = read.get(key)
  if (known) return known
  const meters = text.split('|').flatMap((meter) => metersIn(meter, context))
  read.set(key, meters)
  return meters
}

const head = /^(?<meter>[^/@ ]+)(?:\/(?<size>[^@ ]+))?(?:@(?<dimension>\S+))?$/
const boundary = /^(?<mode>\+)?>(?<inclusive>=)?(?<from>\d+)$/
const money = /^(?<amount>[^(]+)(?:\((?<list>[^)]+)\))?$/

function metersIn(text: string, { currency, kind }: ListContext): MeterPrice[] {
  const [name = '', ...words] = text.split(' ')
  const named = head.exec(name)?.groups
  if (!named) throw new Error(`A price list cannot begin with ${name}.`)
  const meter = decodeURIComponent(named.meter ?? '')
  const unit = unitOf(meter)
  const unitSize = Number(named.size ?? usualSize)
  const prices: MeterPrice[] = []
  let tier = { from: 0, inclusive: false, marginal: false }
  for (const word of words) {
    const begins = boundary.exec(word)?.groups
    if (begins) {
      tier = { from: Number(begins.from), inclusive: begins.inclusive === '=', marginal: begins.mode === '+' }
      continue
    }
    const printed = money.exec(word)?.groups
    if (printed?.amount === undefined) throw new Error(`${word} is no amount.`)
    const { amount } = printed
    const isUnbelieved = Number(amount) === 0 && !costsNothing(kind)
    prices.push({
      meter,
      amount,
      unit,
      unitSize,
      usdPerMillionTokens: isUnbelieved ? null : usdPerMillionTokens({ amount, unit, unitSize, currency }),
      tierDimension: (named.dimension ?? usualDimension) as MeterPrice['tierDimension'],
      tierFrom: tier.from,
      tierFromInclusive: tier.inclusive,
      tierTo: null,
      tierMode: tier.marginal ? 'marginal' : 'whole-request',
      listAmount: printed.list ?? null,
    })
  }
  return prices.map((price, index) => ({ ...price, tierTo: prices[index + 1]?.tierFrom ?? null }))
}
