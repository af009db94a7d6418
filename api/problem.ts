import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { InputProblem } from '../model/problem.ts'

/** An RFC 9457 problem document; `errors` has one entry for each wrong field. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: ContentfulStatusCode
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Thrown by a route to answer with a problem of its own. */
export class HttpProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'HttpProblem'
    this.problem = problem
  }
}

export const malformedJson = (detail: string): HttpProblem =>
  new HttpProblem({ type: '/problems/malformed-json', title: 'The body is not JSON', status: 400, detail })

export const unsupportedMediaType = (given: string | undefined, accepted: string): HttpProblem =>
  new HttpProblem({
    type: '/problems/unsupported-media-type',
    title: 'The content type is not supported',
    status: 415,
    detail: `content-type: ${given ?? 'none'} is not supported; accepted: ${accepted}.`,
  })

export const notFound = (detail: string): HttpProblem =>
  new HttpProblem({ type: '/problems/not-found', title: 'Not found', status: 404, detail })

/** The problem document of anything that was thrown; what is not the caller's doing says nothing of its cause. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof HttpProblem) return thrown.problem
  if (thrown instanceof InputProblem) {
    const onlyUnknown = thrown.complaints.every(({ kind }) => kind === 'unknown')
    return {
      type: onlyUnknown ? '/problems/unknown-name' : '/problems/invalid-input',
      title: onlyUnknown ? 'No fact answers to this name' : 'The input is not valid',
      status: onlyUnknown ? 404 : 422,
      detail: thrown.message,
      errors: thrown.complaints.map(({ pointer, detail }) => ({ pointer, detail })),
    }
  }
  return {
    type: '/problems/internal-error',
    title: 'Internal error',
    status: 500,
    detail: 'Something failed on our side; the cause is in the log.',
  }
}

export const sendProblem = (c: Context, problem: Problem): Response =>
  c.body(JSON.stringify(problem), problem.status, { 'content-type': 'application/problem+json' })
