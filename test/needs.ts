import { existsSync } from 'node:fs'
import { describe } from 'vitest'

/** Real GGUF files: too large, with its native parts, to install for everyone. */
const llamaVersion = '3.21.1'
export const llamaPackage = `.cache/node-llama-cpp-${llamaVersion}.tgz`

/** Programs and packages that some tests need and the install does not bring. */
const programs = {
  Chromium: { path: '/usr/bin/chromium', install: 'apt-get install chromium' },
  Gnumeric: { path: '/usr/bin/ssconvert', install: 'apt-get install gnumeric' },
  LibreOffice: { path: '/usr/bin/soffice', install: 'apt-get install libreoffice-calc-nogui' },
  'node-llama-cpp': {
    path: llamaPackage,
    install: `mkdir -p .cache && npm pack --pack-destination .cache node-llama-cpp@${llamaVersion}`,
  },
} as const

/**
 * `describe` for tests that need a program. Where it is missing they are skipped visibly, with the line that installs it;
 * under `REQUIRE_ALL=1` a missing one is a failure.
 */
export function describeWith(program: keyof typeof programs, name: string, tests: () => void): void {
  const { path, install } = programs[program]
  if (existsSync(path)) {
    describe(name, tests)
    return
  }
  const reason = `${name} [needs ${program}: ${install}]`
  if (process.env.REQUIRE_ALL === '1') throw new Error(reason)
  describe.skip(reason, tests)
}

/** The same for a file or folder that a clone may lack, such as the publishers' own price files: only ever a skip. */
export function describeWhere(path: string, name: string, tests: () => void): void {
  if (existsSync(path)) describe(name, tests)
  else describe.skip(`${name} [needs ${path}]`, tests)
}
