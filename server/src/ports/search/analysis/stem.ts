/**
 * A light stemmer for Latin words: plurals, -ing, -ed and a final e. Lighter than Porter's on purpose: `designer`
 * stays apart from `design`, and names of tools (`redis`, `css`, `ps`) stay whole.
 */
const minimumStem = 3

export function stem(word: string): string {
  if (word.length <= minimumStem || !/^[a-z]+$/.test(word)) return word
  return withoutFinalE(withoutEnding(singular(word)))
}

function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|us|is)$/.test(word)) return word
  if (/(?:sh|ch|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

function withoutEnding(word: string): string {
  const cut = word.endsWith('ing') ? word.slice(0, -3) : word.endsWith('ed') ? word.slice(0, -2) : word
  if (cut === word || cut.length < minimumStem || !/[aeiouy]/.test(cut)) return word
  return /([bdfgmnprt])\1$/.test(cut) ? cut.slice(0, -1) : cut
}

function withoutFinalE(word: string): string {
  return word.length > minimumStem && word.endsWith('e') ? word.slice(0, -1) : word
}

const rootEnding = /(?:ations?|itions?|ments?|ings?|ers?|ors?|ists?|ants?|ents?|ances?|ences?|ions?|ives?|als?|ics?|ians?|ed|e|y|s)$/
const minimumRoot = 4
/** "operational" ends twice. */
const rootEndings = 2

/** What "designer", "designing" and "design" have in common; too rough to be what somebody meant, good enough as a hint. */
export function rootOf(word: string): string {
  let root = word
  for (let turn = 0; turn < rootEndings; turn++) {
    const cut = root.replace(rootEnding, '')
    if (cut.length < minimumRoot || !/^[a-z]+$/.test(root)) break
    root = cut
  }
  return root
}
