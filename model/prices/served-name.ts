/** Where a cloud serves from, as a prefix of the name: `us.anthropic.claude-...`, `global.amazon.nova-...`. */
const regionPrefix = /^(us-gov|us|eu|apac|jp|au|ca|global|regional)\.(?=[a-z0-9-]+\.)/
const makerPrefix =
  /^(anthropic|meta|amazon|mistral|cohere|qwen|openai|google|ai21|minimax|moonshot|moonshotai|nvidia|writer|stability|twelvelabs|zai|xai|luma)\./

/**
 * A served name without what differs between publishers and says nothing of the model: path, maker's prefix, region,
 * version of the interface, upper case and the choice of separators. Two names with one result at one seller are
 * one listing.
 */
export function servedName(name: string): string {
  const known = served.get(name)
  if (known !== undefined) return known
  const plain = plainName(name)
  if (served.size >= mostServed) served.clear()
  served.set(name, plain)
  return plain
}

/** Names are few and asked for often: one look-up of a model compares hundreds. */
const served = new Map<string, string>()
const mostServed = 20_000

function plainName(name: string): string {
  const last = name.trim().toLowerCase().replace(/^hf:/, '').split('/').at(-1) ?? ''
  return last
    .replace(regionPrefix, '')
    .replace(makerPrefix, '')
    .replace(/-v\d+:\d+(:\w+)?$/, '')
    .replace(/^(databricks|snowflake)-/, '')
    .replaceAll(/(?<=\d)p(?=\d)/g, '-')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** The region that a served name names: `us` for `us.anthropic.claude-...`; null where it names none. */
export const regionIn = (name: string): string | null =>
  regionPrefix.exec(name.trim().toLowerCase().split('/').at(-1) ?? '')?.[1] ?? null

const quantisations = /-(fp8|fp4|nvfp4|mxfp4|bf16|fp16|int8|int4|awq|gptq|w4a16|w8a8|4bit|8bit)(?=-|$)/

/** The precision that a served name says it is served at; null where it says none. */
export const quantisationIn = (name: string): string | null =>
  quantisations.exec(servedName(name))?.[1] ?? null

/**
 * A served name reduced further, to compare models across sellers: without precision, and with the spellings of
 * families that sellers vary. Size, version, date and variant stay: a name that differs there is another model.
 */
export const modelName = (name: string): string =>
  servedName(name)
    .replace(/-free$/, '')
    .replace(/-(maas|hf)$/, '')
    .replace(/(?<=-fp8)-fast$/, '')
    .replace(quantisations, '')
    .replace(/(?<=-instruct)-turbo$/, '')
    .replace(/^(meta-)?llama-?v?(?=\d)/, 'llama-')
    .replace(/^nvidia-/, '')
    .replaceAll('-', '')
