import releasedList from './released.json' with { type: 'json' }

/** A row of a publisher that was not believed. */
interface DoubtedRow {
  readonly source: string
  readonly path: string
  readonly record: string
  readonly reason: string
}

/** A row that somebody looked at and believes, with the day and why. */
export interface ReleasedRow extends DoubtedRow {
  readonly releasedOn: string
  readonly because: string
}
export const released: readonly ReleasedRow[] = releasedList

/**
 * What names a row in quarantine: the same for the same price doubted for the same reason, so that a release holds for
 * what was looked at and for nothing that comes later. FNV-1a over 64 bits.
 */
export function rowId({ source, path, record, reason }: DoubtedRow): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode([source, path, record, reason].join('\t'))) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash.toString(16).padStart(16, '0')
}

const releasedIds = new Set(released.map(rowId))

/** Whether a row counts although a guard doubts it. */
export const isReleased = (row: DoubtedRow): boolean => releasedIds.has(rowId(row))
