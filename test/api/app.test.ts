import { createApp } from '../../api/app.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { runSuite } from './suite.ts'

const app = createApp({ factsFor: async () => withBook(bundledFacts('2026-11-25')) })

runSuite(async (path, init) => app.request(path, init))
