import { Hono } from 'hono'
import type { FactsProvider } from './facts-provider.ts'
export interface AppParts {
  readonly factsFor: FactsProvider
}
/** The whole HTTP service; the two servers differ only in the parts they pass. */
export declare function createApp(parts: AppParts): Hono
