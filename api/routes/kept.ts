import type { Context } from 'hono'
import { HttpProblem, sendProblem } from '../problem.ts'

/** Who changes a record says which revision was seen, and proves the right to change it. */
export function changeOf(c: Context): { id: string; editKey: string; revision: number } {
  const editKey = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (editKey === undefined) {
    throw new HttpProblem(
      'key-needed',
      'authorization: give the edit key, as "Bearer KEY"; it was told on creation.',
    )
  }
  const revision = /^"(\d+)"$/.exec(c.req.header('if-match') ?? '')?.[1]
  if (revision === undefined) {
    throw new HttpProblem(
      'revision-needed',
      'if-match: give the ETag of the revision that you have seen, such as "1".',
    )
  }
  return { id: c.req.param('id') ?? '', editKey, revision: Number(revision) }
}

export function noneThere(kind: string): never {
  throw new HttpProblem('not-found', `There is no ${kind} at this address; it may have been deleted.`)
}

type Refused<Row> =
  | { readonly refused: 'gone' | 'wrong-key' }
  | { readonly refused: 'conflict'; readonly current: Row }

/** Why a record was not changed; a conflict shows the record that is there. */
export function refuse<Row extends { readonly revision: number }>(
  c: Context,
  kind: string,
  refusal: Refused<Row>,
  bodyOf: (current: Row) => unknown,
): Response {
  switch (refusal.refused) {
    case 'gone':
      return noneThere(kind)
    case 'wrong-key':
      throw new HttpProblem('wrong-key', `authorization: this is not the edit key of this ${kind}.`)
    case 'conflict': {
      const { problem } = new HttpProblem(
        'conflict',
        `Somebody saved revision ${refusal.current.revision} meanwhile; it is in current. Nothing was changed.`,
      )
      return sendProblem(c, { ...problem, current: bodyOf(refusal.current) })
    }
  }
}
