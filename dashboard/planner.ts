/** The planner: a worker that computes with the very code of the server, so that nothing waits for it. */
import { z } from 'zod'
import { bundledFacts } from '../data/dataset.ts'
import { parseTrace } from '../data/trace.ts'
import { answer, prepare } from '../model/calculation.ts'
import { calculationOf } from '../model/catalog.ts'
import type { Facts } from '../model/facts.ts'
import type { ByteReader } from '../model/header/byte-reader.ts'
import { headerSummary } from '../model/header/header-summary.ts'
import { InputProblem } from '../model/problem.ts'
import { profileOf } from '../model/workload/profile.ts'
import type { Asked, Told } from './planner-words.ts'
import { offersFor } from './price-shelf.ts'

// The content security policy forbids code made from text.
z.config({ jitless: true })

async function tell(asked: Asked): Promise<unknown> {
  switch (asked.what) {
    case 'calculate': {
      const calculation = calculationOf(asked.id)
      if (!calculation) throw new Error(`There is no calculation ${asked.id}.`)
      const prepared = prepare(calculation, asked.input)
      return answer(calculation, prepared, await offersFor(prepared.prices, bundledFacts(asked.today)))
    }
    case 'profile':
      return profileOf(parseTrace(asked.text))
    case 'header':
      return headerSummary({ reader: blobReader(asked.file) })
    case 'names':
      return namesIn(bundledFacts(asked.today))
  }
}

/** Pieces of a file that the person has chosen: what is not asked for is never read. */
const blobReader = (file: Blob): ByteReader => ({
  size: file.size,
  read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
})

const namesIn = (facts: Facts) => ({ model: facts.weightsIds(), gpu: facts.gpus().map(({ id }) => id) })

addEventListener(
  'message',
  async ({ data: { call, asked } }: MessageEvent<{ call: number; asked: Asked }>) => {
    const told: Told = await tell(asked).then(
      (value) => ({ value }),
      (thrown: unknown) => ({
        complaints:
          thrown instanceof InputProblem
            ? thrown.complaints
            : [
                {
                  pointer: '#',
                  kind: 'unknown',
                  detail: thrown instanceof Error ? thrown.message : String(thrown),
                },
              ],
      }),
    )
    postMessage({ call, told })
  },
)
