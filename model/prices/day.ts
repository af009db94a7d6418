interface Dated {
  readonly validFrom: string
  readonly validUntil: string | null
}

/** Whether an observation speaks for a day: from `validFrom`, inclusive, to `validUntil`, exclusive. */
export const holdsOn = ({ validFrom, validUntil }: Dated, day: string): boolean =>
  validFrom <= day && (validUntil === null || day < validUntil)

/** The first day that any of the observations speaks for, or null where there is none. */
export const firstDay = (observations: readonly Dated[]): string | null =>
  observations.reduce<string | null>(
    (first, { validFrom }) => (first === null || validFrom < first ? validFrom : first),
    null,
  )
