const regionWord = /^(us|eu|global|global-standard|[a-z]{2}(-gov)?-[a-z]+-\d)$/
const commitmentWord = /^(\*|\d+-month-commitment)$/

/** A key is a path: provider, region, commitment, model. */
export function placedKey(
  key: string,
  provider: string,
): { servedModel: string; region: string | null; isCommitted: boolean } {
  const [first = '', ...rest] = key.split('/')
  const isPrefix = rest.length > 0 && provider.replaceAll('-', '_').startsWith(first.replaceAll('-', '_'))
  const words = isPrefix ? rest : [first, ...rest]
  const isCommitted = words.some((word) => commitmentWord.test(word))
  const region = words.find((word) => regionWord.test(word)) ?? null
  const servedModel = words.filter((word) => !regionWord.test(word) && !commitmentWord.test(word)).join('/')
  return { servedModel, region: region?.startsWith('global') ? null : region, isCommitted }
}
