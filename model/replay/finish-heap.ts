/** Running requests by the decode step after which they are done, soonest first: a binary heap in typed arrays. */
export class FinishHeap {
  private steps = new Float64Array(64)
  private slots = new Int32Array(64)
  private runs = new Int32Array(64)
  private size = 0

  /** `run` tells one stay of a request in the batch from a later one, after it was put back. */
  push(step: number, slot: number, run: number): void {
    if (this.size === this.steps.length) this.grow()
    let at = this.size
    this.size += 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if ((this.steps[above] ?? 0) <= step) break
      this.move(above, at)
      at = above
    }
    this.place(at, step, slot, run)
  }

  get firstStep(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.steps[0] ?? 0)
  }

  get firstSlot(): number {
    return this.slots[0] ?? -1
  }

  get firstRun(): number {
    return this.runs[0] ?? -1
  }

  pop(): void {
    this.size -= 1
    const [step, slot, run] = [
      this.steps[this.size] ?? 0,
      this.slots[this.size] ?? 0,
      this.runs[this.size] ?? 0,
    ]
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= this.size) break
      if (below + 1 < this.size && (this.steps[below + 1] ?? 0) < (this.steps[below] ?? 0)) below += 1
      if ((this.steps[below] ?? 0) >= step) break
      this.move(below, at)
      at = below
    }
    if (this.size > 0) this.place(at, step, slot, run)
  }

  clear(): void {
    this.size = 0
  }

  private place(at: number, step: number, slot: number, run: number): void {
    this.steps[at] = step
    this.slots[at] = slot
    this.runs[at] = run
  }

  private move(from: number, to: number): void {
    this.place(to, this.steps[from] ?? 0, this.slots[from] ?? 0, this.runs[from] ?? 0)
  }

  private grow(): void {
    const twice = <Numbers extends Float64Array | Int32Array>(old: Numbers, grown: Numbers): Numbers => {
      grown.set(old)
      return grown
    }
    this.steps = twice(this.steps, new Float64Array(2 * this.steps.length))
    this.slots = twice(this.slots, new Int32Array(2 * this.slots.length))
    this.runs = twice(this.runs, new Int32Array(2 * this.runs.length))
  }
}
