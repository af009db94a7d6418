import { bundledFacts } from '../../data/dataset.ts'
import { answer, prepare } from '../../model/calculation.ts'
import { bestMix } from '../../model/finance/mix/best-mix.ts'
import { fastest } from './stopwatch.ts'

/** A year of hours against every base of up to 100 replicas. Bar: at most 50 ms. */
export async function mix(): Promise<string> {
  const facts = bundledFacts('2026-11-25')
  const input = {
    millionTokensByHour: Array.from(
      { length: 8760 },
      (_, hour) => 40 + 30 * Math.sin((hour / 24) * 2 * Math.PI) + ((hour * 7919) % 31),
    ),
    millionTokensPerReplicaHour: 1.1,
    baseUsdPerReplicaHour: 2,
    onDemandUsdPerReplicaHour: 4,
    apiUsdPerMillionTokens: 5,
    apiMillionTokensPerHour: 50,
  }
  const { whole } = await fastest(20, { whole: async () => answer(bestMix, prepare(bestMix, input), facts) })
  return `best mix of 8,760 hours × up to 100 replicas: ${whole.toFixed(1)} ms (bar: at most 50)`
}
