/** Every endpoint of the product. Adding a feature's contracts here puts them into the API, the reference and the web's client. */
import { accounts } from './accounts/contract.ts'
import { admin } from './admin/contract.ts'
import { reports } from './admin/reports.ts'
import { catalog } from './catalog/contract.ts'
import { categories, fees } from './catalog/desk.ts'
import { chat } from './chat/contract.ts'
import { disputes, refunds } from './disputes/contract.ts'
import { system } from './kernel/system.ts'
import { ledger } from './ledger/contract.ts'
import { orders } from './orders/contract.ts'
import { quotes } from './orders/quotes.ts'
import { notifications } from './notifications/contract.ts'
import { payouts } from './payments/payout-desk.ts'
import { payments } from './payments/contract.ts'
import { wallet } from './payments/wallet-contract.ts'
import { reviews } from './reviews/contract.ts'
import { matching } from './matching/contract.ts'
import { requirements } from './requirements/contract.ts'
import { uploads } from './kernel/uploads.ts'
import { words } from './words/contract.ts'

export const contracts = { system, uploads, accounts, catalog, ledger, payments, wallet, chat, notifications, orders, quotes, refunds, disputes, reviews, requirements, matching, words, admin, fees, categories, payouts, reports }
export type Contracts = typeof contracts
