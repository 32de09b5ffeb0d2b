/** Finding an article by what somebody typed. */
import type { HelpArticle } from './types.ts'

const TITLE = 4
const SUMMARY = 2
const BODY = 1

/** Words that ask and name nothing. */
const ASKING = /什么时候|为什么|什么|怎么样|怎么|怎样|如何|哪里|多久|可以|[吗呢的我能要了]|\b(?:a|an|and|are|can|do|does|how|i|is|it|me|my|of|on|or|the|to|what|when|where|who|why)\b/gu

/** Words as they are, without those that only ask; of a run of 汉字 each two neighbours, so that "怎么退款" finds 退款. */
export function termsOf(text: string): string[] {
  const terms = text.toLowerCase().replace(ASKING, ' ').match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(terms.flatMap(term => (/^\p{Script=Han}{3,}$/u.test(term) ? Array.from({ length: [...term].length - 1 }, (_, at) => [...term].slice(at, at + 2).join('')) : [term])))]
}

/** Best first: what stands in the title counts more than what stands in the text. Articles without any of the terms are left out. */
export function findArticles(articles: readonly HelpArticle[], text: string): HelpArticle[] {
  const terms = termsOf(text)
  if (terms.length === 0) return [...articles]
  const scored = articles.map((article) => {
    const [title, summary, body] = [article.title, article.summary, article.body].map(part => part.toLowerCase()) as [string, string, string]
    return { article, score: terms.reduce((sum, term) => sum + (title.includes(term) ? TITLE : summary.includes(term) ? SUMMARY : body.includes(term) ? BODY : 0), 0) }
  })
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).map(({ article }) => article)
}
