<<<<<<< HEAD
import { createApp } from '../../api/app.ts'
import { bundledFacts } from '../../data/dataset.ts'
import { withBook } from '../../data/price-book.ts'
import { runSuite } from './suite.ts'

const app = createApp({ factsFor: async () => withBook(bundledFacts('2026-11-25')) })
=======
import { localApp } from './local-app.ts'
import { runSuite } from './suite.ts'

const app = localApp()
>>>>>>> 7755340 (Store: price points and GPU offers in SQLite and D1, published a generation at a time)

runSuite(async (path, init) => app.request(path, init))
