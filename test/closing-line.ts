import type { Reporter, TestModule, TestResult } from 'vitest/node'

/** Closes a run with one plain line that any reader and any program understands: `120 passed, 0 failed, 2 skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const count = (wanted: TestResult['state']) => states.filter((state) => state === wanted).length
    // A file that cannot be read, and a hook that throws, fail no test of their own.
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const brokenCount = broken.filter((suite) => suite.errors().length > 0).length
    console.log(
      `${count('passed')} passed, ${count('failed') + brokenCount} failed, ${count('skipped')} skipped`,
    )
  }
}
