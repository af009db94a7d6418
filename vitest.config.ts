import { defineConfig } from 'vitest/config'

/** Fixes the seed of the laws. */
const setupFiles = ['test/seed.ts']

/** `quick` proves the model and the data; `whole` starts real servers, browsers and workers. */
const slow = ['test/**/*.slow.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'quick',
          // These files change nothing outside themselves: one module graph for all halves the time.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: slow,
          setupFiles,
          testTimeout: 20_000,
        },
      },
      { test: { name: 'whole', include: slow, setupFiles, testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
})
