import { excelName } from '../fields.ts'

/**
 * Who reads the formulas: `plain` is arithmetic alone, for whoever has nothing installed; `excel` and `calc` call our
 * functions, by the names that each keeps in a file.
 */
export const dialects = ['plain', 'excel', 'calc'] as const
export type Dialect = (typeof dialects)[number]

/** A call of one of our functions, or the same in plain arithmetic. */
export function called(
  dialect: Dialect,
  { id, cells, plain }: { readonly id: string; readonly cells: readonly string[]; readonly plain: string },
): string {
  switch (dialect) {
    case 'plain':
      return plain
    case 'excel':
      // Excel saves the functions of an add-in under this name, and shows them as WEIGHTS.NAME.
      return `_xldudf_WEIGHTS_${excelName(id)}(${cells.join(',')})`
    case 'calc':
      return `WEIGHTS.${excelName(id)}(${cells.join(',')})`
  }
}
