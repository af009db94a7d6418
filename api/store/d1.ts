import { drizzle } from 'drizzle-orm/d1'
import type { Database } from './database.ts'
import * as schema from './schema.ts'

/** Cloudflare's D1, whose schema `wrangler d1 migrations apply` keeps. */
export const openD1 = (binding: Parameters<typeof drizzle>[0]): Database => drizzle(binding, { schema })
