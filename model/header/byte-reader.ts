/**
 * Where a header's bytes come from: a buffer, a file, HTTP ranges. The readers of this folder ask for pieces and
 * never for the whole.
 */
export interface ByteReader {
  /** Bytes in all, or null where the source does not say. */
  readonly size: number | null
  /** At most `length` bytes from `offset` on; fewer near the end, none past it. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Bytes that are already at hand. */
export const bytesReader = (bytes: Uint8Array): ByteReader => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})
