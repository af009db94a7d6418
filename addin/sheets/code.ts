import { bundle } from '../bundle.ts'
import { namespace } from '../functions/namespace.ts'
import type { Parameter, SheetFunction } from '../functions/sheet-function.ts'
import { sheetFunctions } from '../functions/sheet-functions.ts'

/** `Code.gs`: the bundled functions and a wrapper for each, as Google Sheets finds them. Names have no dots there. */
export const sheetsCode = async (
  address: string,
): Promise<string> => `// Weighbridge for Google Sheets: Extensions, Apps Script, paste this file, save.
${await bundle('addin/sheets/main.ts')}
function weighbridgeAnswer(name, cells) {
  return weighbridge.evaluate(name, cells, {
    today: new Date().toISOString().slice(0, 10),
    fetchText: (body) =>
      UrlFetchApp.fetch("${address}addin/evaluate", { method: "post", contentType: "text/plain", payload: body }).getContentText(),
  })
}
${sheetFunctions.map(wrapper).join('')}`

function wrapper({ name, description, parameters }: SheetFunction): string {
  const names = parameters.map((parameter) => (parameter.repeating ? `...${parameter.name}` : parameter.name))
  return `
/**
 * ${commented(description)}
${parameters.map(documented).join('')} * @customfunction
 */
function ${namespace}_${name}(${names.map(renamed).join(', ')}) {
  return weighbridgeAnswer("${name}", [${names.map(renamed).join(', ')}])
}
`
}

const documented = ({ name, description, optional }: Parameter): string =>
  ` * @param {any} ${optional ? `[${renamed(name)}]` : renamed(name)} ${commented(description)}\n`

/** `arguments` is a word of the language. */
const renamed = (name: string): string => name.replace(/\barguments$/, 'values_')
const commented = (text: string): string => text.replaceAll('*/', '* /')
