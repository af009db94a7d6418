import { z } from 'zod'

/** A count as a price list prints it, or null where it prints nothing or words such as "configurable". */
export const count = z
  .string()
  .nullish()
  .transform((text) => (typeof text === 'string' && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null))
