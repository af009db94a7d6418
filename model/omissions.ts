import { architectureOf } from './architecture/architecture-of.ts'
import type { Omission } from './architecture/normal-form.ts'
import type { Assumption } from './calculation.ts'
import type { Weights } from './facts.ts'

/** Parts that the published files hold while no source states their form, among those that matter to a figure. */
export const uncounted = (config: Weights['config'], parts: readonly Omission['part'][]): Omission[] =>
  architectureOf(config).omissions.filter(({ part, isStored }) => isStored && parts.includes(part))

/** Parts of the model itself: those that predict further tokens stand apart from it. */
export const modelParts = ['attention', 'vision', 'audio'] as const
export const allParts = [...modelParts, 'multi-token-prediction'] as const

/** Says of a figure that it is at least so much, where a part that belongs to it cannot be counted. */
export const lowerBounds = (
  config: Weights['config'],
  { field, parts }: { field: string; parts: readonly Omission['part'][] },
): Assumption[] =>
  uncounted(config, parts).map(({ because }) => ({
    field,
    value: 'lower bound',
    unit: null,
    because: `At least so much; not counted: ${because}`,
  }))
