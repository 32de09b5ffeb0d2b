/** Where each queue is worked, by the name its feature registered. The words are `staff.<name>` and `staff.<name>Note`. */
export const queuePlaces: Record<string, { to: string, icon: string }> = {
  disputes: { to: '/staff/disputes', icon: 'i-lucide-scale' },
  payouts: { to: '/staff/payouts', icon: 'i-lucide-hand-coins' },
  reconciliation: { to: '/staff/ledger?tab=reconcile', icon: 'i-lucide-file-diff' },
  services: { to: '/staff/moderation', icon: 'i-lucide-scan-eye' },
  requirements: { to: '/staff/requirements', icon: 'i-lucide-clipboard-list' },
  verification: { to: '/staff/verification', icon: 'i-lucide-badge-check' },
  failures: { to: '/staff/failures', icon: 'i-lucide-unplug' },
  reports: { to: '/staff/reports', icon: 'i-lucide-flag' },
}
