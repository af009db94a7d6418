import { content, headerParameter, idParameter, type Json, problems } from './openapi-parts.ts'

const badBody = ['malformed-json', 'invalid-input', 'unsupported-media-type', 'too-large'] as const
const refusals = ['key-needed', 'wrong-key', 'not-found', 'conflict', 'revision-needed'] as const

/** The routes of records that are reached by a link and changed by a key. */
export function keptPaths({
  path,
  id,
  what,
  types,
  query = [],
  record,
}: {
  readonly path: string
  readonly id: string
  /** What is kept, in words. */
  readonly what: string
  /** The body's content types. */
  readonly types: Json
  readonly query?: readonly Json[]
  readonly record: Json
}): Json {
  const requestBody = { required: true, content: types }
  const kept = content('application/json', record)
  const tags = [`${id}s`]
  const name = id.replaceAll('-', ' ')
  const ofRecord = idParameter(`A ${name}`)
  const seen = headerParameter('if-match', 'The ETag that was seen')
  return {
    [path]: {
      post: {
        operationId: `${id}-create`,
        summary: `Keep ${what}; the edit key is told once`,
        tags,
        parameters: query,
        requestBody,
        responses: { 201: kept, ...problems(...badBody) },
      },
    },
    [`${path}/{id}`]: {
      get: {
        operationId: `${id}-read`,
        summary: `A ${name}, by its address alone`,
        tags,
        parameters: [ofRecord],
        responses: { 200: kept, ...problems('not-found') },
      },
      put: {
        operationId: `${id}-replace`,
        summary: 'Replace the revision that was seen',
        tags,
        security: [{ editKey: [] }],
        parameters: [ofRecord, seen, ...query],
        requestBody,
        responses: { 200: kept, ...problems(...badBody, ...refusals) },
      },
      delete: {
        operationId: `${id}-delete`,
        summary: 'Delete the revision that was seen',
        tags,
        security: [{ editKey: [] }],
        parameters: [ofRecord, seen],
        responses: { 204: { description: 'It is gone' }, ...problems(...refusals) },
      },
    },
  }
}
