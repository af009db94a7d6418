import { afterAll, beforeAll } from 'vitest'
import { openD1 } from '../../../api/store/d1.ts'
import { startWorker } from '../servers.ts'
import { storeContract } from './contract.ts'

let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker?.stop())

storeContract(async () => openD1(await worker.miniflare.getD1Database('DB')))
