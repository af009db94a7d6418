import { addin, addresses, obligatoryIconSizes } from './record.ts'

/**
 * The unified manifest. Custom functions belong to the runtime; one page of the documentation puts them beside it,
 * which Microsoft's own schema refuses. Not for perpetual Windows versions of Office, which take the XML.
 */
export function manifestJson(base: string) {
  const at = addresses(base)
  const icons = obligatoryIconSizes.map((size) => ({ size, url: at.icon(size) }))
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    id: addin.id,
    version: addin.version,
    name: { short: addin.name, full: addin.fullName },
    description: { short: addin.description, full: addin.longDescription },
    developer: {
      name: addin.provider,
      websiteUrl: at.site,
      privacyUrl: `${at.help}#privacy`,
      termsOfUseUrl: `${at.help}#licence`,
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: addin.accentColor,
    validDomains: [new URL(base).host],
    authorization: {
      permissions: { resourceSpecific: [{ name: 'Document.ReadWrite.User', type: 'Delegated' }] },
    },
    extensions: [
      {
        requirements: {
          scopes: ['workbook'],
          capabilities: [
            { name: 'SharedRuntime', minVersion: '1.1' },
            { name: 'CustomFunctionsRuntime', minVersion: '1.2' },
          ],
        },
        runtimes: [
          {
            id: 'SharedRuntime',
            type: 'general',
            code: { page: at.taskpane },
            lifetime: 'long',
            actions: addin.buttons.map(({ action }) => ({ id: action, type: 'executeFunction' })),
            customFunctions: {
              namespace: { id: addin.namespace, name: addin.namespace },
              allowCustomDataForDataTypeAny: true,
              metadataUrl: at.metadata,
            },
          },
        ],
        ribbons: [
          {
            contexts: ['default'],
            tabs: [
              {
                builtInTabId: 'TabFormulas',
                groups: [
                  {
                    id: 'Weighbridge.Group',
                    label: addin.group,
                    icons,
                    controls: addin.buttons.map(({ id, action, label, description }) => ({
                      id: `Weighbridge.${id}`,
                      type: 'button',
                      label,
                      icons,
                      supertip: { title: label, description },
                      actionId: action,
                    })),
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  }
}
