import { askPlanner } from './ask-planner.ts'
import type { Sources } from './pictures/picture.ts'

/** The planner for what is computed, the API for what is listed. */
export const sourcesOn = (today: string): Sources => ({
  ask: (id, input) => askPlanner({ what: 'calculate', id, input, today }),
  readHeader: (file) => askPlanner({ what: 'header', file }),
  async fetchList(path, query) {
    const response = await fetch(`/v1/${path}?${new URLSearchParams(query)}`)
    if (!response.ok) throw new Error(`${path} answers ${response.status}`)
    const { items } = await response.json()
    return items
  },
})
