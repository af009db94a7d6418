import type { Hono } from 'hono'
import { HttpProblem, sendProblem } from './problem.ts'

/** Answers 405 with an Allow header, where an address has routes but none for the method. */
export function refuseOtherMethods(app: Hono): void {
  const methodsOf = new Map<string, Set<string>>()
  for (const { path, method } of app.routes.filter(({ method }) => method !== 'ALL')) {
    methodsOf.set(path, (methodsOf.get(path) ?? new Set()).add(method))
  }
  for (const [path, methods] of methodsOf) {
    const allowed = [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
    app.all(path, (c) => {
      c.header('allow', allowed)
      const detail = `${c.req.path} does not take ${c.req.method}; accepted: ${allowed}.`
      return sendProblem(c, new HttpProblem('method-not-allowed', detail).problem)
    })
  }
}
