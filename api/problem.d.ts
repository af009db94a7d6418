import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
/** An RFC 9457 problem document; `errors` has one entry for each wrong field. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: ContentfulStatusCode
  readonly detail: string
  readonly errors?: readonly {
    readonly pointer: string
    readonly detail: string
  }[]
}
/** Thrown by a route to answer with a problem of its own. */
export declare class HttpProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem)
}
export declare const malformedJson: (detail: string) => HttpProblem
export declare const unsupportedMediaType: (given: string | undefined, accepted: string) => HttpProblem
export declare const notFound: (detail: string) => HttpProblem
/** The problem document of anything that was thrown; what is not the caller's doing says nothing of its cause. */
export declare function problemOf(thrown: unknown): Problem
export declare const sendProblem: (c: Context, problem: Problem) => Response
