import { refusal } from './refusal.ts'

/**
 * Text from UTF-8 bytes (RFC 3629). Here because `model/` compiles without a platform's own decoder.
 *
 * @throws InputProblem for bytes that are no UTF-8.
 */
export function utf8(bytes: Uint8Array, what: string): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    if (length === 0 || (lead >= 0x80 && lead < 0xc2) || at + length > bytes.length) {
      throw refusal(`${what} is no UTF-8 text.`)
    }
    let point = length === 1 ? lead : lead & (0xff >> (length + 1))
    for (let next = at + 1; next < at + length; next++) {
      const byte = bytes[next] ?? 0
      if (byte >> 6 !== 0b10) throw refusal(`${what} is no UTF-8 text.`)
      point = (point << 6) | (byte & 0x3f)
    }
    if (isOverlongOrSurrogate(point, length)) throw refusal(`${what} is no UTF-8 text.`)
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}

const smallestOfLength = [0, 0, 0x80, 0x800, 0x10000]

const isOverlongOrSurrogate = (point: number, length: number): boolean =>
  point < (smallestOfLength[length] ?? 0) || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff
