/** Before `npm run deploy`: whether `wrangler.toml` names a database of one's own. */
import { readFileSync } from 'node:fs'

const placeholder = '00000000-0000-0000-0000-000000000000'

if (readFileSync('wrangler.toml', 'utf8').includes(placeholder)) {
  console.error(
    'wrangler.toml has a placeholder for database_id: run `npx wrangler d1 create weighbridge` and put the id that it prints there.',
  )
  process.exit(1)
}
