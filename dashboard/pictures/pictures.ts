import { costAgainstVolume } from './cost-against-volume.ts'
import { flipDistances } from './flip-distances.ts'
import { linesOfCost } from './lines-of-cost.ts'
import { memoryOfAGpu } from './memory-of-a-gpu.ts'
import { minutesAgainstCapacity } from './minutes-against-capacity.ts'
import type { Picture } from './picture.ts'
import { priceHistory } from './price-history.ts'
import { speedAgainstLoad } from './speed-against-load.ts'

/** Every picture, in the order in which they are looked at; those that must first be found come last. */
export const pictures: readonly Picture[] = [
  costAgainstVolume,
  linesOfCost,
  flipDistances,
  minutesAgainstCapacity,
  memoryOfAGpu,
  speedAgainstLoad,
  priceHistory,
]
