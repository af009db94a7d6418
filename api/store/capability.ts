/**
 * What is reached by a link and changed by a key, without an account: an id that nobody can guess, and a key of which
 * only the hash is kept.
 */
const idBytes = 16
const keyBytes = 32

const randomText = (bytes: number): string => base64Url(crypto.getRandomValues(new Uint8Array(bytes)))

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export const newId = (): string => randomText(idBytes)
export const newKey = (): string => randomText(keyBytes)

/** SHA-256: a key has 256 random bits, so that no slow hash is needed to keep it from being guessed. */
export const hashOf = async (key: string): Promise<string> =>
  base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))))

/** Whether a key is the one that was hashed, in a time that says nothing of where two hashes differ. */
export async function isKeyOf(hash: string, key: string): Promise<boolean> {
  const given = await hashOf(key)
  let difference = given.length ^ hash.length
  for (let place = 0; place < hash.length; place++) {
    difference |= given.charCodeAt(place) ^ hash.charCodeAt(place)
  }
  return difference === 0
}
