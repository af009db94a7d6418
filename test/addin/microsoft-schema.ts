import { readFileSync } from 'node:fs'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'

const folder = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.25'
const ajv = new Ajv.default({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(JSON.parse(readFileSync(`${folder}/MicrosoftTeams.schema.json`, 'utf8')), 'manifest')

/**
 * What Microsoft's own schema of the unified manifest says against a manifest, or against one definition of it:
 * functions.json has the same entries as a manifest.
 */
export function complaints(value: unknown, definition?: 'extensionFunction' | 'enum'): unknown[] {
  ajv.validate(definition ? `manifest#/definitions/${definition}` : 'manifest', value)
  return ajv.errors ?? []
}
