import type { Assumption } from '../calculation.ts'
import type { Facts, Gpu } from '../facts.ts'
import { citedCost } from '../money/server-facts.ts'
import { invalid } from '../problem.ts'
import { WATTS_PER_KILOWATT } from '../units.ts'

/**
 * Whole GPUs that a power budget allows. A budget is for what may be drawn, not for what is drawn on average.
 *
 *   gpus = ⌊budgetKilowatts / kilowatts of one GPU with its share of server and building⌋
 *
 * The all-in draw is a published one where there is one, else the maker's limit times server and building.
 *
 * @throws InputProblem where a budget is given and no draw is known.
 */
export function budgetedGpus(
  {
    gpu,
    input: { budgetKilowatts },
    server,
    building,
  }: {
    readonly gpu: Gpu
    readonly input: { readonly budgetKilowatts?: number | undefined }
    readonly server: number
    readonly building: number
  },
  facts: Facts,
): { gpus: number | null; kilowattsPerGpu: number | null; assumptions: readonly Assumption[] } {
  if (budgetKilowatts === undefined) return { gpus: null, kilowattsPerGpu: null, assumptions: [] }
  const name = `all_in_power_${gpu.id.split('-')[0]}`
  const published = facts.costInput(name)
  if (published?.value != null) {
    const { value, assumption } = citedCost(facts, 'kilowattsPerGpu', name, 'kilowatt')
    return { gpus: Math.floor(budgetKilowatts / value), kilowattsPerGpu: value, assumptions: [assumption] }
  }
  if (gpu.powerWatts === null) {
    throw invalid(
      'budgetKilowatts',
      `budgetKilowatts: no source states the power of ${gpu.id}, so a budget buys an unknown count of them.`,
    )
  }
  const kilowattsPerGpu = (gpu.powerWatts * server * building) / WATTS_PER_KILOWATT
  return {
    gpus: Math.floor(budgetKilowatts / kilowattsPerGpu),
    kilowattsPerGpu,
    assumptions: [
      {
        field: 'kilowattsPerGpu',
        value: kilowattsPerGpu,
        unit: 'kilowatt',
        because: `The limit of ${gpu.id}, ${gpu.powerWatts} W, times server and building: nobody publishes an all-in draw of it.`,
        source: { title: gpu.source, date: gpu.checkedOn },
      },
    ],
  }
}
