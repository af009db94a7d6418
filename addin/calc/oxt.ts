import { namespace } from '../functions/namespace.ts'
import type { Parameter, SheetFunction } from '../functions/sheet-function.ts'
import { sheetFunctions } from '../functions/sheet-functions.ts'
import { addin } from '../manifest/record.ts'
import { python } from './python.ts'
import { zip } from './zip.ts'

/**
 * The LibreOffice Calc extension: the same functions under the same names. A Python component passes each call to the
 * server, which evaluates it with the code that Excel runs.
 */
export const oxt = (address: string): Uint8Array<ArrayBuffer> => zip(oxtFiles(address))

const oxtFiles = (address: string): ReadonlyMap<string, string> =>
  new Map([
    ['META-INF/manifest.xml', packageManifest],
    ['description.xml', description],
    ['weights.idl', idl(sheetFunctions)],
    ['CalcAddIns.xcu', registry(sheetFunctions)],
    ['weights.py', python(sheetFunctions, address)],
  ])

/** LibreOffice reads types from IDL as well as from a compiled library, so that no SDK is needed to build this. */
const packageManifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
  <manifest:file-entry manifest:full-path="weights.idl" manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
  <manifest:file-entry manifest:full-path="weights.py" manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
  <manifest:file-entry manifest:full-path="CalcAddIns.xcu" manifest:media-type="application/vnd.sun.star.configuration-data"/>
</manifest:manifest>
`

const description = `<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
  <identifier value="org.weighbridge.calc"/>
  <version value="${addin.version}"/>
  <display-name>
    <name lang="en">${addin.fullName}</name>
  </display-name>
</description>
`

/** A method has the name of its function in small letters. */
const methodName = ({ name }: SheetFunction): string => name.toLowerCase()

const idl = (functions: readonly SheetFunction[]): string => `module org { module weighbridge {
interface XWeights {
${functions.map((one) => `  ${one.spills ? 'sequence<sequence<any> >' : 'any'} ${methodName(one)}(${one.parameters.map(idlParameter).join(', ')});`).join('\n')}
};
}; };
`

/** `any` may be left out and may be a range; a sequence at the end takes all that follow. */
const idlParameter = ({ name, repeating }: Parameter): string =>
  `[in] ${repeating ? 'sequence<any>' : 'any'} the${name[0]?.toUpperCase()}${name.slice(1)}`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const property = (name: string, text: string): string =>
  `<prop oor:name="${name}"><value xml:lang="en">${escaped(text)}</value></prop>`

/** Calc shows `WEIGHTS.MEMORY`, the name of the service and of the method. */
const registry = (functions: readonly SheetFunction[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns" oor:package="org.openoffice.Office">
  <node oor:name="AddInInfo">
    <node oor:name="${namespace}" oor:op="replace">
      <node oor:name="AddInFunctions">
${functions.map(registryEntry).join('\n')}
      </node>
    </node>
  </node>
</oor:component-data>
`

/** The compatibility name is the one under which Excel saves the function. */
const registryEntry = (
  one: SheetFunction,
): string => `        <node oor:name="${methodName(one)}" oor:op="replace">
          ${property('DisplayName', `${namespace}.${one.name}`)}
          ${property('Description', one.description)}
          <prop oor:name="Category"><value>Add-In</value></prop>
          ${property('CompatibilityName', `_xldudf_${namespace}_${one.name}`)}
          <node oor:name="Parameters">
${one.parameters.map(parameterEntry).join('\n')}
          </node>
        </node>`

const parameterEntry = ({ name, description: text }: Parameter): string =>
  `            <node oor:name="the${name[0]?.toUpperCase()}${name.slice(1)}" oor:op="replace">${property('DisplayName', name)}${property('Description', text)}</node>`
