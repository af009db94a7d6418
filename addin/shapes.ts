/**
 * Records of few shapes, written short: each object is the number of its list of names, followed by its values; each
 * list is -1, followed by its entries.
 */
export interface Written {
  readonly shapes: readonly (readonly string[])[]
  readonly value: unknown
}

export function writeShapes(value: unknown): Written {
  const shapes = new Map<string, { readonly place: number; readonly names: readonly string[] }>()
  const write = (one: unknown): unknown => {
    if (Array.isArray(one)) return [-1, ...one.map(write)]
    if (one === null || typeof one !== 'object') return one
    const names = Object.keys(one)
    const key = JSON.stringify(names)
    const shape = shapes.get(key) ?? { place: shapes.size, names }
    shapes.set(key, shape)
    return [shape.place, ...Object.values(one).map(write)]
  }
  const written = write(value)
  return { shapes: [...shapes.values()].map(({ names }) => names), value: written }
}

export function readShapes({ shapes, value }: Written): unknown {
  const read = (one: unknown): unknown => {
    if (!Array.isArray(one)) return one
    const [place, ...values] = one as [number, ...unknown[]]
    const names = shapes[place]
    return names
      ? Object.fromEntries(names.map((name, index) => [name, read(values[index])]))
      : values.map(read)
  }
  return read(value)
}
