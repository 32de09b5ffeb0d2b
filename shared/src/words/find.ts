/**
 * Finds ways to reach somebody outside the platform in a text. Pure, so that the web can warn while a person types and
 * the server checks the same when it is sent.
 */
const PATTERNS: readonly RegExp[] = [
  // A mobile number of China, also with blanks, dashes or the digits written out.
  /(?<![\d.])(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s.]?\d{4}){2}(?![\d.])/g,
  /(?<!\d)0\d{2,3}[-\s]\d{7,8}(?!\d)/g,
  /[幺一][三四五六七八九](?:[零〇幺一二三四五六七八九\s-]){9,}/g,
  /[a-z0-9][\w.+-]{0,40}@[a-z0-9-]{1,40}(?:\.[a-z]{2,10}){1,3}/gi,
  // "微信小程序" is what half of all requirements are about: only a name after the word is a contact.
  /(?:微信号?|薇信|威信|v信|vx|wx|weixin|wechat(?:\s?id)?)\s*(?:号)?\s*(?:[:：是=]|加)?\s*(?=[\w-]{0,19}[\d_-])[a-z][\w-]{5,19}/gi,
  /(?:加|扫)(?:我|一下|个)?(?:微信|vx|v信|企微|好友)|微信(?:联系|私聊|同号)|(?:线下|站外)(?:付款|交易|转账)/gi,
  /(?:qq|扣扣|企鹅)(?:号|群)?\s*[:：是]?\s*\d{5,12}/gi,
  /(?:t\.me|wa\.me|qm\.qq\.com|u\.wechat\.com|discord\.gg|line\.me)\/\S+/gi,
]
const MAX_EXCERPT = 40

/** What was found, as it stands in the text, without repetitions. */
export function findContacts(text: string): string[] {
  const plain = text.normalize('NFKC')
  return [...new Set(PATTERNS.flatMap(pattern => [...plain.matchAll(pattern)].map(match => match[0].trim().slice(0, MAX_EXCERPT))))]
}

/** What is left of a text when blanks and signs are taken out: they do not hide a word. */
export const denseText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '')

const isLatin = (word: string): boolean => /^[\x20-\x7e]+$/.test(word)

/**
 * A function that finds which words of the list are in a text. Latin words are found as whole words, others anywhere,
 * also with blanks and signs between their characters. Made once a list: it is asked for every message.
 */
export function wordFinder(words: readonly string[]): (text: string) => string[] {
  const tests = words.map(word => {
    const latin = new RegExp(`(?<![a-z0-9])${word.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`)}(?![a-z0-9])`)
    const dense = denseText(word)
    return { word, holds: isLatin(word) ? (plain: string) => latin.test(plain) : (_plain: string, squeezed: string) => squeezed.includes(dense) }
  })
  return text => {
    const plain = text.normalize('NFKC').toLowerCase()
    const squeezed = denseText(text)
    return tests.flatMap(({ word, holds }) => (holds(plain, squeezed) ? [word] : []))
  }
}
