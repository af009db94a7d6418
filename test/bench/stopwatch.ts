/**
 * The fastest of so many runs of each task, in milliseconds, the tasks taking turns: what other work on the machine
 * adds is left out, and falls on all alike.
 */
export async function fastest<Name extends string>(
  runs: number,
  tasks: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(tasks) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const start = performance.now()
      await tasks[name]()
      best[name] = Math.min(best[name], performance.now() - start)
    }
  }
  return best
}
