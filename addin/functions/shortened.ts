/** Longest description in Microsoft's schema of a custom function and of its parameters. */
const longest = 128

/** A text within the limit, cut after a word. */
export function shortened(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\s,;:]+\S*$/, '')}…`
}
