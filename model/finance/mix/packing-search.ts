/** What must stand on one GPU as a whole: memory, and the share of the GPU's time that its load takes. */
export interface Item {
  readonly name: string
  readonly memoryGb: number
  readonly loadRatio: number
}

export interface Packing {
  /** Places of the items, GPU by GPU. */
  readonly gpus: readonly (readonly number[])[]
  /** False where the search was cut: then a packing on fewer GPUs may exist, but none on fewer than `floor`. */
  readonly isComplete: boolean
  readonly floor: number
  readonly steps: number
}

/** Loads and memories that exceed a GPU by less than this share fill it. */
const sameNumber = 1e-9
/** Placements that a search may try: some tenths of a second. */
export const mostSteps = 50_000

/**
 * The fewest GPUs that hold all items, each whole, within the memory and the time of each GPU: vector bin packing in two
 * dimensions, by depth-first search from first fit decreasing, never opening more GPUs than the best found.
 *
 * @see A. Caprara, P. Toth, "Lower bounds and algorithms for the 2-dimensional vector packing problem", Discrete Applied
 * Mathematics 111(3), 2001, pp. 231-262
 */
export function fewestGpus(items: readonly Item[], memoryGb: number): Packing {
  const order = items
    .map((_, index) => index)
    .toSorted((a, b) => sizeOf(items[b], memoryGb) - sizeOf(items[a], memoryGb) || a - b)
  const floor = floorOf(items, memoryGb)
  let best = firstFit(order, items, memoryGb)
  let steps = 0
  const open: { memory: number; load: number; held: number[] }[] = []
  const place = (depth: number): void => {
    if (steps >= mostSteps || best.length === floor || open.length >= best.length) return
    const index = order[depth]
    const item = index === undefined ? undefined : items[index]
    if (index === undefined || item === undefined) {
      best = open.map(({ held }) => [...held])
      return
    }
    const tried = new Set<string>()
    for (const gpu of open) {
      const state = `${gpu.memory} ${gpu.load}`
      // GPUs that hold as much are the same GPU to what comes next.
      if (tried.has(state) || !fits(gpu, item, memoryGb)) continue
      tried.add(state)
      steps++
      const before = { memory: gpu.memory, load: gpu.load }
      gpu.memory += item.memoryGb
      gpu.load += item.loadRatio
      gpu.held.push(index)
      place(depth + 1)
      gpu.held.pop()
      Object.assign(gpu, before)
    }
    if (open.length + 1 >= best.length) return
    steps++
    open.push({ memory: item.memoryGb, load: item.loadRatio, held: [index] })
    place(depth + 1)
    open.pop()
  }
  place(0)
  return { gpus: best, isComplete: steps < mostSteps || best.length === floor, floor, steps }
}

const sizeOf = (item: Item | undefined, memoryGb: number): number =>
  item ? Math.max(item.memoryGb / memoryGb, item.loadRatio) : 0

const fits = (
  gpu: { readonly memory: number; readonly load: number },
  item: Item,
  memoryGb: number,
): boolean =>
  gpu.memory + item.memoryGb <= memoryGb * (1 + sameNumber) && gpu.load + item.loadRatio <= 1 + sameNumber

/** As many GPUs as the memory, or the time, of all items fills. */
function floorOf(items: readonly Item[], memoryGb: number): number {
  const memory = items.reduce((total, item) => total + item.memoryGb, 0) / memoryGb
  const load = items.reduce((total, { loadRatio }) => total + loadRatio, 0)
  return Math.ceil(Math.max(memory, load) * (1 - sameNumber))
}

/** The largest items first, each on the first GPU that holds it. */
function firstFit(order: readonly number[], items: readonly Item[], memoryGb: number): number[][] {
  const gpus: { memory: number; load: number; held: number[] }[] = []
  for (const index of order) {
    const item = items[index]
    if (!item) continue
    const gpu = gpus.find((each) => fits(each, item, memoryGb))
    if (gpu) {
      gpu.memory += item.memoryGb
      gpu.load += item.loadRatio
      gpu.held.push(index)
    } else gpus.push({ memory: item.memoryGb, load: item.loadRatio, held: [index] })
  }
  return gpus.map(({ held }) => held)
}
