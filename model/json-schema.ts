import { z } from 'zod'

/** An input as JSON Schema: what may be given, before defaults. */
export const inputSchemaOf = ({ input }: { readonly input: z.ZodObject }): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
