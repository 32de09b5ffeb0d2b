/** The shape of a feature's messages with the texts left open: `export default { … } satisfies Messages<typeof zh>`. */
export type Messages<T> = { [K in keyof T]: T[K] extends string ? string : Messages<T[K]> }
export type MessageTree = { [key: string]: string | MessageTree }
