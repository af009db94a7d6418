import { afterAll, beforeAll } from 'vitest'
import { openD1 } from '../../../api/store/d1.ts'
import { startWorker } from '../servers.ts'
import { storeContract } from './contract.ts'

let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker?.stop())

storeContract(async () => {
  const binding = await worker.miniflare.getD1Database('DB')
  // Between the tests Miniflare may have closed the connection that it would use again.
  await binding
    .prepare('select 1')
    .run()
    .catch(() => null)
  return openD1(binding)
})
