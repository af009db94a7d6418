import type { RefreshRun } from '../store/refreshes.ts'

/** A run as the command line shows it. */
export function runText({ run, startedAt, endedAt, published, sources }: RefreshRun): string {
  const end =
    endedAt === null
      ? 'under way, or cut off: the book is as it was'
      : `ended ${endedAt}; ${published ? 'readers see the new book' : 'nothing changed: the book is as it was'}`
  const lines = sources.flatMap(({ source, outcome, detail, refused, ...counts }) => {
    const { rows, added, changed, ended, unchanged } = counts
    const numbers =
      rows === 0
        ? ''
        : ` ${rows} offers: ${added} new, ${changed} changed, ${ended} ended, ${unchanged} as before, ${refused.length} refused.`
    return [
      `  ${source}: ${outcome}. ${detail}${numbers}`,
      ...refused.slice(0, 3).map(({ record, reason }) => `    ${record}: ${reason}`),
      ...(refused.length > 3 ? [`    and ${refused.length - 3} more: /v1/prices/refreshes lists them`] : []),
    ]
  })
  return [`Refresh ${run}, begun ${startedAt}, ${end}.`, ...lines].join('\n')
}
