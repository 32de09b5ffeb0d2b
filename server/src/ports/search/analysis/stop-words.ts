/** Words that say that something is wanted, not what. They count only when nothing else was typed. */
const words = `
的 了 和 与 及 或 在 是 我 我们 你 您 他 她 它 这 那 有 要 想 想要 需要 求 找 找人 帮 帮我 帮忙 请 请问 一个 一些 一下 一份 一张 一套 一名 一位 个 做 把 给 为
对 能 可以 会 吗 呢 吧 啊 谁 哪里 怎么 如何 什么 以及 并 等 进行 相关 等等
a an the of for to in on at by with and or is are be i we you my our your me it this that need needs needed want wanted looking
look someone somebody who can please help from as will
`

const stopWords: ReadonlySet<string> = new Set(words.split(/\s+/))

export const isStopWord = (surface: string): boolean => stopWords.has(surface)
