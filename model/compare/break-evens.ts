import { z } from 'zod'
import { TOKENS_PER_MILLION } from '../units.ts'
import type { Traffic } from '../workload/traffic.ts'
import { capacityUnitOf, gpuCountOf, staircaseOf } from './cost.ts'
import { crossingsOf } from './crossings.ts'
import type { Candidate } from './price-option.ts'
import type { Settings } from './priced-option.ts'
import { usdAt, usdPerTokenInTheLongRun } from './staircase.ts'

const volume = (title: string) => z.number().nullable().meta({ title, 'x-unit': 'token/month' })

const usdPerMillion = (title: string) => z.number().meta({ title, 'x-unit': 'USD/million tokens' })

/** Where owning begins and ceases to cost no more than a rival, as volume grows with the same mix. */
export const BreakEvenResult = z.strictObject({
  own: z.string().meta({ title: 'Own' }),
  rival: z.string().meta({ title: 'Rival' }),
  firstTokensPerMonth: volume('First whole token at which owning costs no more'),
  unitsThen: z.number().nullable().meta({ title: 'Units of hardware there', 'x-unit': 'count' }),
  gpusThen: z.number().nullable().meta({ title: 'GPUs there', 'x-unit': 'GPU' }),
  forGoodFromTokensPerMonth: volume('From here on owning never costs more again'),
  crossings: z
    .array(
      z.strictObject({
        tokensPerMonth: z.number().meta({ title: 'Volume', 'x-unit': 'token/month' }),
        owningCostsNoMore: z.boolean().meta({ title: 'Owning costs no more from here' }),
        ownUnits: z.number().meta({ title: 'Units of hardware', 'x-unit': 'count' }),
      }),
    )
    .meta({ title: 'Crossings', description: 'The first ten' }),
  crossingCount: z.number().meta({ title: 'Crossings in all', 'x-unit': 'count' }),
  /** Null where volume is no matter. */
  breakEvenUtilisationRatio: z.number().nullable().meta({
    title: 'Break-even utilisation',
    description: 'Share of the capacity of the hardware that the traffic needs, at which both cost the same',
    'x-unit': 'ratio',
  }),
  ownUsdPerMillionTokensFullyUsed: usdPerMillion('Own cost of a million tokens, every unit full'),
  rivalUsdPerMillionTokensFullyUsed: usdPerMillion('The same of the rival'),
  reason: z.string().nullable().meta({ title: 'Why there is none, or no more' }),
})
export type BreakEvenResult = z.output<typeof BreakEvenResult>

const mostShown = 10

/** One pair of an owned option and a rival. */
export function breakEvenOf({
  own,
  rival,
  traffic,
  settings,
}: {
  own: Candidate
  rival: Candidate
  traffic: Traffic
  settings: Settings
}): BreakEvenResult {
  const stairs = {
    own: staircaseOf({ option: own.option, traffic, settings }),
    rival: staircaseOf({ option: rival.option, traffic, settings }),
  }
  const { crossings, complete, owningCostsNoMoreAtOneToken, searchedToTokensPerMonth } = crossingsOf(stairs)
  const first = crossings.find(({ owningCostsNoMore }) => owningCostsNoMore)
  const last = crossings.at(-1)
  const endsOwned = last ? last.owningCostsNoMore : owningCostsNoMoreAtOneToken
  const longRun = (staircase: typeof stairs.own) => usdPerTokenInTheLongRun(staircase) * TOKENS_PER_MILLION
  const unitsThen = owningCostsNoMoreAtOneToken ? (stairs.own.step ? 1 : 0) : (first?.ownUnits ?? null)
  return {
    own: own.name,
    rival: rival.name,
    firstTokensPerMonth: owningCostsNoMoreAtOneToken ? 1 : (first?.tokensPerMonth ?? null),
    unitsThen,
    gpusThen:
      unitsThen === null || own.option.kind === 'token-api'
        ? null
        : unitsThen * capacityUnitOf({ option: own.option, traffic, settings }).gpus,
    forGoodFromTokensPerMonth: complete && endsOwned ? (last?.tokensPerMonth ?? 1) : null,
    crossings: crossings.slice(0, mostShown),
    crossingCount: crossings.length,
    breakEvenUtilisationRatio: utilisationAtBreakEven({ own, traffic, settings }, stairs),
    ownUsdPerMillionTokensFullyUsed: longRun(stairs.own),
    rivalUsdPerMillionTokensFullyUsed: longRun(stairs.rival),
    reason: complete
      ? endsOwned
        ? null
        : 'Even fully used, own hardware costs more for a token than the rival does.'
      : `Searched to ${searchedToTokensPerMonth} tokens a month.`,
  }
}

/**
 * The share of its capacity at which the hardware sized for this traffic costs what the rival bills.
 *
 *   own cost / (capacity × rival's price of a token)
 */
function utilisationAtBreakEven(
  { own, traffic, settings }: { own: Candidate; traffic: Traffic; settings: Settings },
  stairs: { own: Parameters<typeof usdAt>[0]; rival: Parameters<typeof usdAt>[0] },
): number | null {
  const { option } = own
  if (option.kind === 'token-api' || stairs.rival.step !== null) return null
  const unit = capacityUnitOf({ option, traffic, settings })
  const capacity = (gpuCountOf({ option, traffic, settings }) / unit.gpus) * unit.tokensPerMonth
  const billed = usdAt(stairs.rival, capacity)
  return billed === 0 ? null : usdAt(stairs.own, traffic.tokensPerMonth) / billed
}
