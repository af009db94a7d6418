import { defineConfig } from 'vitest/config'

/** `quick` proves the model and the data; `whole` starts real servers, browsers and workers. */
const slow = ['test/**/*.slow.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: slow } },
      { test: { name: 'whole', include: slow, testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
})
