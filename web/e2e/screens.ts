/** Every page of the web, taken from its routes: at which address it shows something, and who looks at it. */
import { readdir } from 'node:fs/promises'
import type { RouteRecordRaw } from 'vue-router'

export type Viewer = 'guest' | 'zhoumin' | 'tangguo' | 'shiguang' | 'moderator' | 'finance' | 'owner'
/** `bilingual`: where staff write in both languages. */
export type Screen = { name: string, path: string, viewer: Viewer, bilingual: boolean }
/** What the viewer's API answers. */
export type Ask = (viewer: Viewer, path: string) => Promise<unknown>

type Access = 'anyone' | 'user' | 'provider' | 'staff'
const USUAL_VIEWER: Record<Access, Viewer> = { anyone: 'guest', user: 'zhoumin', provider: 'shiguang', staff: 'owner' }
/** Who looks instead, or one after the other, where a page differs for them. */
const VIEWERS: Partial<Record<string, Viewer[]>> = {
  orders: ['zhoumin', 'shiguang'],
  order: ['zhoumin', 'shiguang'],
  // Has an order that waits for payment.
  'order-pay': ['tangguo'],
  requirement: ['zhoumin', 'shiguang'],
  wallet: ['shiguang'],
  'wallet-payout': ['shiguang'],
  'wallet-payouts': ['shiguang'],
  'wallet-accounts': ['shiguang'],
  'wallet-statements': ['shiguang'],
  'account-provider': ['shiguang'],
  'staff-verification': ['moderator'],
  moderation: ['moderator'],
  'requirement-moderation': ['moderator'],
  'staff-ledger': ['finance'],
}

const BILINGUAL = ['staff-categories', 'staff-announcements']
const ROUTES = new URL('../src/app/routes/', import.meta.url)

type Listed = { id: string, paymentId?: string, state?: string }
const listed = async (answer: Promise<unknown>): Promise<Listed[]> => ((await answer) as { items: Listed[] }).items
const first = async (answer: Promise<unknown>): Promise<string | undefined> => (await listed(answer))[0]?.id

/** Where the demo has none yet: the page then says that there is no such thing, which is to be looked at as well. */
const NOWHERE = '01900000-0000-7000-8000-000000000000'

/** Where an address with an id leads to. */
const IDS: Record<string, (viewer: Viewer, ask: Ask) => Promise<string | undefined>> = {
  service: (viewer, ask) => first(ask(viewer, '/services')),
  provider: async () => 'shiguang',
  announcement: (viewer, ask) => first(ask(viewer, '/announcements')),
  'help-article': async () => 'where-is-my-money',
  order: (viewer, ask) => first(ask(viewer, viewer === 'shiguang' ? '/orders?section=waiting&side=provider' : '/orders?section=waiting')),
  'order-pay': async (viewer, ask) => (await listed(ask(viewer, '/orders?section=waiting'))).find(({ state }) => state === 'pending_payment')?.id,
  payment: async (viewer, ask) => (await listed(ask(viewer, '/wallet/vouchers')))[0]?.paymentId,
  'payment-return': async (viewer, ask) => (await listed(ask(viewer, '/wallet/vouchers')))[0]?.paymentId,
  conversation: (viewer, ask) => first(ask(viewer, '/conversations')),
  requirement: (viewer, ask) => first(ask(viewer, viewer === 'shiguang' ? '/requirements' : '/me/requirements?section=active')),
  'change-pay': async () => NOWHERE,
  dispute: async (_viewer, ask) => await first(ask('owner', '/staff/disputes')) ?? NOWHERE,
  'staff-dispute': async (viewer, ask) => await first(ask(viewer, '/staff/disputes')) ?? NOWHERE,
  'service-editor': (viewer, ask) => first(ask(viewer, '/workbench/services')),
}

export async function everyScreen(ask: Ask): Promise<Screen[]> {
  const screens: Screen[] = []
  for (const { name, path, access } of await everyRoute()) {
    for (const viewer of VIEWERS[name] ?? [USUAL_VIEWER[access]]) {
      const id = path.includes(':') ? await IDS[name]?.(viewer, ask) : ''
      if (id === undefined) throw new Error(`There is no ${path} for ${viewer} to look at. Say in screens.ts how one is found for "${name}".`)
      screens.push({ name: `${name} of ${viewer}`, path: path.replace(/:\w+/g, id), viewer, bilingual: BILINGUAL.includes(name) })
    }
  }
  return screens
}

async function everyRoute(): Promise<{ name: string, path: string, access: Access }[]> {
  const files = (await readdir(ROUTES, { recursive: true })).filter(file => file.endsWith('.ts'))
  const records = await Promise.all(files.map(async file => ((await import(new URL(file, ROUTES).href)) as { default: RouteRecordRaw[] }).default))
  return records.flat().flatMap(record => (record.children ?? [record]).map(route => ({
    name: String(route.name),
    path: route === record ? route.path : [record.path, route.path].filter(Boolean).join('/'),
    access: (route.meta as { access: Access }).access,
  }))).map(route => (route.name === 'not-found' ? { ...route, path: '/no/such/page' } : route))
}
