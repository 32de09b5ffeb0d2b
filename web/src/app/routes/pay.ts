import type { RouteRecordRaw } from 'vue-router'

const result = () => import('@/pages/Payments/PaymentPage.vue')

export default [
  { path: '/orders/:id/pay', name: 'order-pay', component: () => import('@/pages/Payments/OrderCheckout.vue'), meta: { title: 'pay.title', access: 'user', shell: 'work', messages: ['rewards'], bottomBar: false } },
  { path: '/orders/:id/changes/:change/pay', name: 'change-pay', component: () => import('@/pages/Payments/ChangeCheckout.vue'), meta: { title: 'changes.checkout.title', access: 'user', shell: 'work', messages: ['changes'], bottomBar: false } },
  { path: '/payments/:id', name: 'payment', component: result, meta: { title: 'pay.result', access: 'user', shell: 'work', messages: ['orders'] } },
  // Where the gateway's cashier sends the payer back to.
  { path: '/payments/:id/return', name: 'payment-return', component: result, meta: { title: 'pay.result', access: 'user', shell: 'work', messages: ['orders'] } },
] satisfies RouteRecordRaw[]
