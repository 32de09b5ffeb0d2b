/** A number from a text, always the same for the same text (FNV-1a, 32 bits): generated pictures must not change between visits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193)
  return hash >>> 0
}
