const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * JSON with each number as the text that stands in the file: `2.50` stays `2.50`, and money is never rounded.
 *
 * @throws SyntaxError for what is not JSON.
 */
export const parseExactJson = (text: string): unknown =>
  JSON.parse(text.replaceAll(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`)))
