/** What this browser remembers. Storage may be switched off or full: then nothing is remembered and nothing breaks. */
const PREFIX = 'miaodan.'

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** `null` forgets the value. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, value)
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}
