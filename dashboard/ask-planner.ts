import type { Complaint } from '../model/problem.ts'
import type { Asked, Told } from './planner-words.ts'

/** Thrown for a question that the planner cannot answer as it stands. */
export class Refused extends Error {
  readonly complaints: readonly Complaint[]

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(({ detail }) => detail).join(' '))
    this.name = 'Refused'
    this.complaints = complaints
  }
}

type Waiting = (told: Told) => void

let planner: Worker | null = null
const waiting = new Map<number, Waiting>()
let calls = 0

const broken: Told = {
  complaints: [
    { pointer: '#', kind: 'unknown', detail: 'The planner could not be loaded. Reload the page.' },
  ],
}

function start(): Worker {
  const worker = new Worker(new URL('./planner.ts', import.meta.url), { type: 'module' })
  worker.addEventListener(
    'message',
    ({ data: { call, told } }: MessageEvent<{ call: number; told: Told }>) => {
      waiting.get(call)?.(told)
      waiting.delete(call)
    },
  )
  worker.addEventListener('error', () => {
    for (const answer of waiting.values()) answer(broken)
    waiting.clear()
    planner = null
  })
  return worker
}

/**
 * Asks the planner, which is started by the first question.
 *
 * @throws Refused with what is wrong with the question.
 */
export async function askPlanner<Value>(asked: Asked): Promise<Value> {
  planner ??= start()
  const worker = planner
  calls += 1
  const call = calls
  const told = await new Promise<Told>((answered) => {
    waiting.set(call, answered)
    worker.postMessage({ call, asked })
  })
  if ('complaints' in told) throw new Refused(told.complaints)
  return told.value as Value
}
