import { png } from './png.ts'

type Colour = readonly [number, number, number]
const deep: Colour = [0x0b, 0x4f, 0x6c]
const white: Colour = [255, 255, 255]

/**
 * A weight on the platform of a scale, on a grid of 16 by 16 so that at 16 px every edge falls on a pixel: a weight
 * with its ring, the platform below it, and the two feet that it is measured on.
 */
const inTile = (x: number, y: number): boolean =>
  insideRounded({ x, y, left: 0, top: 0, right: 16, bottom: 16, radius: 3 })
const inMark = (x: number, y: number): boolean =>
  inRing(x, y) || inWeight(x, y) || inPlatform(x, y) || inFeet(x, y)

const inRing = (x: number, y: number): boolean =>
  within(x, 6, 10) && within(y, 2, 5) && !(within(x, 7, 9) && within(y, 3, 5))
/** A trapezium from 5 to 11 at its top, 4 to 12 at its foot. */
const inWeight = (x: number, y: number): boolean => within(y, 5, 10) && Math.abs(x - 8) <= 3 + (y - 5) / 5
const inPlatform = (x: number, y: number): boolean => within(x, 2, 14) && within(y, 11, 13)
const inFeet = (x: number, y: number): boolean => within(y, 13, 14) && (within(x, 3, 5) || within(x, 11, 13))

const within = (value: number, from: number, to: number): boolean => value >= from && value < to

interface Rounded {
  readonly x: number
  readonly y: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly radius: number
}

function insideRounded({ x, y, left, top, right, bottom, radius }: Rounded): boolean {
  const dx = Math.max(left + radius - x, x - (right - radius), 0)
  const dy = Math.max(top + radius - y, y - (bottom - radius), 0)
  return Math.hypot(dx, dy) <= radius
}

/** The white mark on its tile. */
export const tileIcon = (size: number): Uint8Array =>
  drawn(size, (x, y) => (inMark(x, y) ? white : inTile(x, y) ? deep : null))

/** The mark alone, white on nothing, as the app package asks of its outline. */
export const outlineIcon = (size: number): Uint8Array => drawn(size, (x, y) => (inMark(x, y) ? white : null))

/** Points in each direction of a pixel that are looked at: edges between pixels become shades. */
const samples = 4

function drawn(size: number, colourAt: (x: number, y: number) => Colour | null): Uint8Array {
  const rgba = new Uint8Array(size * size * 4)
  const scale = 16 / size
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const sum = [0, 0, 0]
    let covered = 0
    for (let sample = 0; sample < samples ** 2; sample += 1) {
      const x = (pixel % size) + ((sample % samples) + 0.5) / samples
      const y = Math.floor(pixel / size) + (Math.floor(sample / samples) + 0.5) / samples
      const colour = colourAt(x * scale, y * scale)
      if (!colour) continue
      covered += 1
      for (const [channel, value] of colour.entries()) sum[channel] = (sum[channel] ?? 0) + value
    }
    if (covered === 0) continue
    rgba.set([...sum.map((value) => value / covered), (255 * covered) / samples ** 2], pixel * 4)
  }
  return png(size, rgba)
}
