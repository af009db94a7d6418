import { localApp } from './local-app.ts'
import { runSuite } from './suite.ts'

const app = localApp()

runSuite(async (path, init) => app.request(path, init))
