import { Hono } from 'hono'
import type { FactsProvider } from '../facts-provider.ts'
/** `GET` and `POST /v1/{id}` for each calculation. */
export declare function calculateRoutes(factsFor: FactsProvider): Hono
