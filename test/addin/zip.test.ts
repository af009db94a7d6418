import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { zip } from '../../addin/calc/zip.ts'

test('each file has the checksum and the lengths of its content', () => {
  const files = new Map([
    ['a.txt', 'Hello'],
    ['folder/ü.txt', 'é'.repeat(300)],
  ])
  const archive = Buffer.from(zip(files))
  let place = 0
  for (const [name, text] of files) {
    const content = Buffer.from(text)
    const path = Buffer.from(name)
    expect(archive.readUInt32LE(place)).toBe(0x04034b50)
    expect(archive.readUInt32LE(place + 14)).toBe(crc32(content))
    expect(archive.readUInt32LE(place + 18)).toBe(content.length)
    expect(archive.subarray(place + 30, place + 30 + path.length)).toEqual(path)
    place += 30 + path.length + content.length
  }
  expect(archive.readUInt32LE(place)).toBe(0x02014b50)
  expect(archive.readUInt16LE(archive.length - 12)).toBe(files.size)
})
