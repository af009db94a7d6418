import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import { createApp } from '../../api/app.ts'
import { shippedBook } from '../../api/shipped-book.ts'
import { openEmbedded } from '../../api/store/embedded.ts'
import { pricesIn } from '../../api/store/prices.ts'

/** The whole service in this process, on a database in memory. */
export const localApp = (): Hono =>
  createApp({
    prices: pricesIn(openEmbedded(':memory:').database, shippedBook),
    runtime: 'node',
    staticFile: (name) => readFile(`api/pages/static/${name}`).catch(() => null),
    today: () => '2026-11-25',
  })
