import type { OrderStory } from '../types.ts'
import { disputedOrders } from './disputed.ts'
import { ordersFromRequirements } from './from-requirements.ts'
import { endedServiceOrders } from './from-services-ended.ts'
import { runningServiceOrders } from './from-services-running.ts'

export const orders: OrderStory[] = [...ordersFromRequirements, ...runningServiceOrders, ...endedServiceOrders, ...disputedOrders]
