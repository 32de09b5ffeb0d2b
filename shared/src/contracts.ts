/** Every endpoint of the product. Adding a feature's contracts here puts them into the API, the reference and the web's client. */
import { catalog } from './catalog/contract.ts'
import { system } from './kernel/system.ts'
import { uploads } from './kernel/uploads.ts'

export const contracts = { system, uploads, catalog }
export type Contracts = typeof contracts
