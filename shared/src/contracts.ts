/** Every endpoint of the product. Adding a feature's contracts here puts them into the API, the reference and the web's client. */
import { system } from './kernel/system.ts'
import { uploads } from './kernel/uploads.ts'

export const contracts = { system, uploads }
export type Contracts = typeof contracts
