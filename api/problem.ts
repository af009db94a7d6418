import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { InputProblem } from '../model/problem.ts'

interface ProblemType {
  readonly status: ContentfulStatusCode
  readonly title: string
  /** What a person who meets it can do: the page that `type` leads to. */
  readonly remedy: string
}

/** Every kind of problem that a route answers with, by the name in its `type`. */
export const problemTypes = {
  'invalid-input': {
    status: 422,
    title: 'The input is not valid',
    remedy:
      'The body or the query was read, but a field breaks its rules. `errors` has one entry for each wrong field: a pointer to it, and a sentence with the value given and what is accepted. Nothing was computed or stored.',
  },
  'unknown-name': {
    status: 404,
    title: 'No fact answers to this name',
    remedy:
      'The field is well formed, but no model, GPU, precision or price is known by that name, or on that day. A near miss is suggested. The names there are: /v1/models, /v1/gpus, /v1/precisions, /v1/prices/tokens, /v1/prices/gpus.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    remedy:
      'The body breaks the grammar of RFC 8259 at the line and column given. NaN, Infinity, comments and trailing commas are not JSON.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The content type is not supported',
    remedy:
      'Send one of the content types that `detail` lists. JSON is also read from text/plain, so that a sheet or a page of another origin can ask without a preflight.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    remedy:
      'Send less in one request; `detail` says how much is accepted. Many calls fit in several batches.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    remedy: 'Nothing answers at this address. /docs lists every route.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed',
    remedy: 'The address exists, but not for this method; the Allow header lists those that it takes.',
  },
  'key-needed': {
    status: 401,
    title: 'A key is needed',
    remedy:
      'Reading needs only the address; changing or deleting needs the edit key, which was told once, on creation.',
  },
  'wrong-key': {
    status: 403,
    title: 'The key is not the right one',
    remedy:
      'The edit key belongs to another record, or was mistyped. Only its hash is kept, so that nobody can look it up: save a copy under a new key instead.',
  },
  'revision-needed': {
    status: 428,
    title: 'Say which revision you have seen',
    remedy:
      'Send the ETag of the last answer as If-Match, so that nobody overwrites what they have not seen.',
  },
  conflict: {
    status: 412,
    title: 'Somebody else was faster',
    remedy:
      'The record has a newer revision than the one named in If-Match. `current` holds it; put the two together and send again with its ETag. Nothing was lost.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    remedy: 'Something failed on our side. The cause is in the log of the server, not in the answer.',
  },
} as const satisfies Record<string, ProblemType>

export type ProblemName = keyof typeof problemTypes
export const isProblemName = (name: string): name is ProblemName => Object.hasOwn(problemTypes, name)

/** An RFC 9457 problem document; `errors` has one entry for each wrong field. */
export interface Problem {
  readonly type: `/problems/${ProblemName}`
  readonly title: string
  readonly status: ContentfulStatusCode
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
  /** What is there already, where that is in the way. */
  readonly current?: unknown
}

const problem = (name: ProblemName, detail: string): Problem => ({
  type: `/problems/${name}`,
  title: problemTypes[name].title,
  status: problemTypes[name].status,
  detail,
})

/** Thrown by a route to answer with a problem of its own. */
export class HttpProblem extends Error {
  readonly problem: Problem

  constructor(name: ProblemName, detail: string) {
    super(detail)
    this.name = 'HttpProblem'
    this.problem = problem(name, detail)
  }
}

/** The problem document of anything that was thrown; what is not the caller's doing says nothing of its cause. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof HttpProblem) return thrown.problem
  if (thrown instanceof InputProblem) {
    const onlyUnknown = thrown.complaints.every(({ kind }) => kind === 'unknown')
    return {
      ...problem(onlyUnknown ? 'unknown-name' : 'invalid-input', thrown.message),
      errors: thrown.complaints.map(({ pointer, detail }) => ({ pointer, detail })),
    }
  }
  console.error(thrown)
  return problem('internal-error', 'Something failed on our side; the cause is in the log.')
}

export const sendProblem = (c: Context, problem: Problem): Response =>
  c.body(JSON.stringify(problem), problem.status, { 'content-type': 'application/problem+json' })
