/** What stands in the header and the bottom bar, by who looks. Labels are message keys. */
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useRole } from '@/lib/role.ts'
import { useSession } from '@/lib/session.ts'

export type NavItem = {
  label: string
  to: string
  icon: string
  /** Carries the count of unread messages. */
  unread?: boolean
  /** The raised button in the middle of the bottom bar. */
  main?: boolean
}

const market: NavItem = { label: 'shell.nav.market', to: '/market', icon: 'i-lucide-store' }
const hall: NavItem = { label: 'shell.nav.hall', to: '/hall', icon: 'i-lucide-radar' }
const messages: NavItem = { label: 'shell.nav.messages', to: '/messages', icon: 'i-lucide-message-circle', unread: true }
const wallet: NavItem = { label: 'shell.nav.wallet', to: '/wallet', icon: 'i-lucide-wallet' }
const orders: NavItem = { label: 'shell.nav.orders', to: '/orders', icon: 'i-lucide-receipt-text' }
const workbench: NavItem = { label: 'shell.nav.workbench', to: '/workbench', icon: 'i-lucide-layout-list' }

const publicLinks: NavItem[] = [
  market, hall,
  { label: 'shell.nav.escrow', to: '/help#escrow', icon: 'i-lucide-shield-check' },
  { label: 'shell.nav.help', to: '/help', icon: 'i-lucide-circle-help' },
]
const buyerLinks: NavItem[] = [market, { label: 'shell.nav.post', to: '/post', icon: 'i-lucide-plus' }, orders, messages, wallet]
const providerLinks: NavItem[] = [workbench, hall, { ...orders, label: 'shell.nav.providerOrders' }, messages, wallet]

const buyerBar: NavItem[] = [
  { label: 'shell.nav.home', to: '/', icon: 'i-lucide-house' },
  { ...market, label: 'shell.nav.marketShort' },
  { label: 'shell.nav.postShort', to: '/post', icon: 'i-lucide-plus', main: true },
  messages,
  { label: 'shell.nav.accountShort', to: '/account', icon: 'i-lucide-user-round' },
]
const providerBar: NavItem[] = [
  workbench, { ...hall, label: 'shell.nav.hallShort' }, { ...orders, label: 'shell.nav.ordersShort' }, messages, wallet,
]

export function useNavigation() {
  const route = useRoute()
  const { viewer } = useSession()
  const { role } = useRole()
  const atWork = computed(() => route.meta.shell === 'work' && viewer.value !== null)
  return {
    atWork,
    links: computed(() => (!atWork.value ? publicLinks : role.value === 'provider' ? providerLinks : buyerLinks)),
    bar: computed(() => (viewer.value && role.value === 'provider' ? providerBar : buyerBar)),
    /** A link is current on its own page and on what lies below it. */
    isCurrent: (to: string) => {
      const [path, hash] = to.split('#')
      if (hash) return route.path === path && route.hash === `#${hash}`
      if (path === '/help') return route.path === path && route.hash !== '#escrow'
      return path === '/' ? route.path === '/' : route.path === path || route.path.startsWith(`${path}/`)
    },
  }
}
