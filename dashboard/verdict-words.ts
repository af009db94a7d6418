import type { Plan } from '../model/compare/plan.ts'
import { usdText } from '../model/format.ts'

/** The cheapest option and what it costs, in a few words. */
export const verdictIn = ({ result: { comparison } }: Plan): string => {
  const { cheapest } = comparison
  return cheapest ? `${cheapest.name}, ${usdText(cheapest.usdPerMonth)} a month` : 'no verdict'
}
