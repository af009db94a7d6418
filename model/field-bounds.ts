import type { Field } from './fields.ts'

/** `0 to 1`, `above 0, at most 1`, `at least 1`: what a field accepts, in the words of a refusal; undefined without bounds. */
export function boundsText(
  { minimum, maximum, minimumExcluded = false, maximumExcluded = false }: Field,
  figure: (bound: number) => string = String,
): string | undefined {
  if (minimum !== undefined && maximum !== undefined && !minimumExcluded && !maximumExcluded) {
    return `${figure(minimum)} to ${figure(maximum)}`
  }
  const bounds = [
    minimum === undefined ? [] : `${minimumExcluded ? 'above' : 'at least'} ${figure(minimum)}`,
    maximum === undefined ? [] : `${maximumExcluded ? 'below' : 'at most'} ${figure(maximum)}`,
  ].flat()
  return bounds.length === 0 ? undefined : bounds.join(', ')
}
