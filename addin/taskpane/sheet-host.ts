/** What the pane can do with the workbook around it. Each promise gives the sentence that is shown when it is done. */
export interface SheetHost {
  /** Whether there is a workbook: a preview in a browser has none. */
  readonly hasWorkbook: boolean
  insert(formula: string, numberFormat: string): Promise<string>
  /** On a new sheet, so that nothing is overwritten. */
  insertOnNewSheet(title: string, formula: string): Promise<string>
  /** The formula of the selected cell. */
  selectedFormula(): Promise<string>
  read(reference: string): Promise<readonly (readonly unknown[])[]>
  recalculate(): Promise<string>
  repair(): Promise<string>
}

/** A page in any browser: formulas go to the clipboard. */
export const preview: SheetHost = {
  hasWorkbook: false,
  async insert(formula) {
    await navigator.clipboard?.writeText(formula).catch(() => {})
    return `This is a preview without a workbook; the formula was copied: ${formula}`
  },
  async insertOnNewSheet(_title, formula) {
    await navigator.clipboard?.writeText(formula).catch(() => {})
    return `This is a preview without a workbook; the formula was copied: ${formula}`
  },
  selectedFormula: async () => '',
  read: () => Promise.reject(new Error('A preview has no cells; write the values into the formula.')),
  recalculate: async () => 'Prices are asked anew from now on.',
  repair: async () => 'This is a preview without a workbook; there is nothing to repair.',
}
