/** The namespace, as `=WEIGHTS.MEMORY(...)` has it. */
export const namespace = 'WEIGHTS'
