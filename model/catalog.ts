import { bits } from './bits.ts'
import type { Calculation } from './calculation.ts'
import { gpusNeeded } from './gpus-needed.ts'
import { memory } from './weight-memory.ts'

/** Every calculation, in the order in which people meet them. */
export const catalog: readonly Calculation[] = [memory, bits, gpusNeeded]

const byId = new Map(catalog.map((calculation) => [calculation.id, calculation]))
export const calculationOf = (id: string): Calculation | undefined => byId.get(id)
