import { addin, addresses, ribbonIconSizes } from './record.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const list = <Item>(items: readonly Item[], line: (item: Item) => string, indent: number): string =>
  items.map(line).join(`\n${' '.repeat(indent)}`)

const icons = (indent: number) => `<Icon>
${' '.repeat(indent + 2)}${list(ribbonIconSizes, (size) => `<bt:Image size="${size}" resid="Icon.${size}"/>`, indent + 2)}
${' '.repeat(indent)}</Icon>`

/**
 * The add-in only manifest, which every Excel that has custom functions takes. The order of the elements counts
 * (docs/develop/manifest-element-ordering.md, OfficeDev/office-js-docs-pr), and all of the runtime's parts must name
 * the same `Taskpane.Url`, or requests from functions fail.
 */
export function manifestXml(base: string): string {
  const at = addresses(base)
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="TaskPaneApp">
  <Id>${addin.id}</Id>
  <Version>${addin.version}.0</Version>
  <ProviderName>${escaped(addin.provider)}</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  <DisplayName DefaultValue="${escaped(addin.name)}"/>
  <Description DefaultValue="${escaped(addin.description)}"/>
  <IconUrl DefaultValue="${at.icon(32)}"/>
  <HighResolutionIconUrl DefaultValue="${at.icon(64)}"/>
  <SupportUrl DefaultValue="${at.help}"/>
  <AppDomains>
    <AppDomain>${new URL(base).origin}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Workbook"/>
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="1.1">
      <Set Name="SharedRuntime" MinVersion="1.1"/>
      <Set Name="CustomFunctionsRuntime" MinVersion="1.2"/>
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue="${at.taskpane}"/>
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <Runtimes>
          <Runtime resid="Taskpane.Url" lifetime="long"/>
        </Runtimes>
        <AllFormFactors>
          <ExtensionPoint xsi:type="CustomFunctions">
            <Script>
              <SourceLocation resid="Functions.Script.Url"/>
            </Script>
            <Page>
              <SourceLocation resid="Taskpane.Url"/>
            </Page>
            <Metadata>
              <SourceLocation resid="Functions.Metadata.Url"/>
            </Metadata>
            <Namespace resid="Functions.Namespace"/>
          </ExtensionPoint>
        </AllFormFactors>
        <DesktopFormFactor>
          <GetStarted>
            <Title resid="GetStarted.Title"/>
            <Description resid="GetStarted.Description"/>
            <LearnMoreUrl resid="Help.Url"/>
          </GetStarted>
          <FunctionFile resid="Taskpane.Url"/>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabFormulas">
              <Group id="Weighbridge.Group">
                <Label resid="Group.Label"/>
                ${icons(16)}
                ${list(
                  addin.buttons,
                  ({ id, action }) => `<Control xsi:type="Button" id="Weighbridge.${id}">
                  <Label resid="${id}.Label"/>
                  <Supertip>
                    <Title resid="${id}.Label"/>
                    <Description resid="${id}.Description"/>
                  </Supertip>
                  ${icons(18)}
                  <Action xsi:type="ExecuteFunction">
                    <FunctionName>${action}</FunctionName>
                  </Action>
                </Control>`,
                  16,
                )}
              </Group>
            </OfficeTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
        ${list(ribbonIconSizes, (size) => `<bt:Image id="Icon.${size}" DefaultValue="${at.icon(size)}"/>`, 8)}
      </bt:Images>
      <bt:Urls>
        <bt:Url id="Taskpane.Url" DefaultValue="${at.taskpane}"/>
        <bt:Url id="Functions.Script.Url" DefaultValue="${at.script}"/>
        <bt:Url id="Functions.Metadata.Url" DefaultValue="${at.metadata}"/>
        <bt:Url id="Help.Url" DefaultValue="${at.help}"/>
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Functions.Namespace" DefaultValue="${addin.namespace}"/>
        <bt:String id="GetStarted.Title" DefaultValue="${escaped(addin.fullName)}"/>
        <bt:String id="Group.Label" DefaultValue="${escaped(addin.group)}"/>
        ${list(addin.buttons, ({ id, label }) => `<bt:String id="${id}.Label" DefaultValue="${escaped(label)}"/>`, 8)}
      </bt:ShortStrings>
      <bt:LongStrings>
        <bt:String id="GetStarted.Description" DefaultValue="${escaped(addin.description)}"/>
        ${list(addin.buttons, ({ id, description }) => `<bt:String id="${id}.Description" DefaultValue="${escaped(description)}"/>`, 8)}
      </bt:LongStrings>
    </Resources>
  </VersionOverrides>
</OfficeApp>
`
}
