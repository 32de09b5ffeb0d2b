/** An article of the help centre. Its `body` is plain: paragraphs at empty lines, lists of lines that begin with "- ". */
export const GROUPS = ['money', 'buying', 'trouble', 'providing', 'contact'] as const
export type HelpGroup = typeof GROUPS[number]
export type HelpArticle = { slug: string, group: HelpGroup, title: string, summary: string, body: string, to?: { path: string, label: string } }
