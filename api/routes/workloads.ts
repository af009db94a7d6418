import { Hono } from 'hono'
import { parseTrace } from '../../data/trace.ts'
import { profileOf } from '../../model/workload/profile.ts'
import { readText } from '../read-body.ts'

/** About 400,000 requests, which are read in under two seconds. */
const largestTraceBytes = 16e6

/** CSV, and the names that JSON lines go by. */
export const traceTypes = [
  'text/csv',
  'application/jsonl',
  'application/x-ndjson',
  'application/x-jsonlines',
  'text/plain',
] as const

/** `POST /v1/workloads`: a request trace becomes a workload profile. */
export function workloadRoutes(): Hono {
  const routes = new Hono()
  routes.post('/workloads', async (c) => {
    const text = await readText(c, { types: traceTypes, largestBytes: largestTraceBytes })
    return c.json(profileOf(parseTrace(text)))
  })
  return routes
}
