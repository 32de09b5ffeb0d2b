import type { DemoConversation } from '../types.ts'
import { earlyConversations } from './before-orders.ts'
import { orderConversations } from './in-orders.ts'

export const conversations: DemoConversation[] = [...orderConversations, ...earlyConversations]
