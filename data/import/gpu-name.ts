import names from '../gpu-names.json' with { type: 'json' }

const byName = new Map(
  names.flatMap(({ gpu, names, memoryGb }) =>
    names.flatMap((name) => memoryGb.map((memory) => [`${name}/${memory}`, gpu] as const)),
  ),
)

const named = new Set(names.flatMap(({ names }) => names))

/** Whether a name is one of a GPU that we know, whatever its memory. */
export const isNamedGpu = (name: string): boolean => named.has(plain(name))

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(nvidia|amd|tesla)\s+/, '')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

/**
 * Our id of a GPU that a seller calls by a name, or null. A name that fits several GPUs, as a bare H100 fits the SXM
 * and the PCIe card, and a memory that the named GPU does not have, give none.
 */
export const gpuNamed = (name: string, memoryGb: number): string | null =>
  byName.get(`${plain(name)}/${memoryGb}`) ?? null
