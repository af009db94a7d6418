import { costAgainstVolume } from './cost-against-volume.ts'
import { flipDistances } from './flip-distances.ts'
import { linesOfCost } from './lines-of-cost.ts'
import { minutesAgainstCapacity } from './minutes-against-capacity.ts'
import type { Picture } from './picture.ts'

/** Every picture, in the order in which they are looked at. */
export const pictures: readonly Picture[] = [
  costAgainstVolume,
  linesOfCost,
  flipDistances,
  minutesAgainstCapacity,
]
