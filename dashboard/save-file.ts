/** Hands a file to the person, as a download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.download = name
  link.href = URL.createObjectURL(content)
  link.click()
  // The browser takes the address when it begins, which is after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
