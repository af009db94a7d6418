import { Hono } from 'hono'
import { parseTrace } from '../../data/trace.ts'
import { profileOf } from '../../model/workload/profile.ts'
import { readText } from '../read-body.ts'

/** A busy day of a large service: two million requests. */
const largestTraceBytes = 100e6

/** `POST /v1/workloads`: a request trace becomes a workload profile. */
export function workloadRoutes(): Hono {
  const routes = new Hono()
  routes.post('/workloads', async (c) => {
    const text = await readText(c, { types: ['text/csv', 'text/plain'], largestBytes: largestTraceBytes })
    return c.json(profileOf(parseTrace(text)))
  })
  return routes
}
