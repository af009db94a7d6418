import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a cell shows: its number with every digit, or the error's text. */
export type Cell = number | string

/** Formulas in OpenFormula's spelling, computed by a headless LibreOffice in one document. */
export function computedByLibreOffice(formulas: readonly string[]): Cell[] {
  const folder = mkdtempSync(join(tmpdir(), 'weighbridge-calc-'))
  try {
    writeFileSync(join(folder, 'asked.fods'), flatDocument(formulas))
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'fods',
        '--outdir',
        join(folder, 'answered'),
        join(folder, 'asked.fods'),
      ],
      { stdio: 'ignore' },
    )
    return cellsIn(readFileSync(join(folder, 'answered', 'asked.fods'), 'utf8'), formulas.length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const flatDocument = (formulas: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
  office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="asked">
${formulas.map((formula) => `<table:table-row><table:table-cell table:formula="of:=${formula}"/></table:table-row>`).join('\n')}
</table:table></office:spreadsheet></office:body></office:document>`

function cellsIn(document: string, count: number): Cell[] {
  const cells = [
    ...document.matchAll(/<table:table-cell [^>]*table:formula="[^>]*>\s*(?:<text:p>([^<]*)<\/text:p>)?/g),
  ]
  if (cells.length !== count) throw new Error(`LibreOffice answered ${cells.length} of ${count} formulas.`)
  return cells.map(([cell, shown]) => {
    const value = /office:value="([^"]*)"/.exec(cell)?.[1]
    return value === undefined || cell.includes('calcext:value-type="error"') ? (shown ?? '') : Number(value)
  })
}
