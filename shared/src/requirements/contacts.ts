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

/** The words of the list that are in the text; blanks and signs put between their characters do not hide them. */
export function findWords(text: string, words: readonly string[]): string[] {
  const plain = text.normalize('NFKC').toLowerCase()
  const dense = plain.replace(/[\s\p{P}\p{S}]+/gu, '')
  return words.filter(word => (/^[\x20-\x7e]+$/.test(word) ? new RegExp(`\\b${word.replace(/\s+/g, '\\s+')}\\b`).test(plain) : dense.includes(word)))
}
