import type { Core } from './core.ts'

/**
 * What happens to refunds and transfers after they were accepted. `auto` succeeds after a moment, `fail`
 * fails after a moment, `hold` waits for somebody to decide on the operations page.
 */
export const settlementModes = ['auto', 'fail', 'hold'] as const
export type SettlementMode = (typeof settlementModes)[number]

const SETTING = 'settlement_mode'

export function settlementMode(core: Core): SettlementMode {
  const value = core.store.setting(SETTING)
  return settlementModes.find((mode) => mode === value) ?? 'auto'
}

export function setSettlementMode(core: Core, mode: SettlementMode): void {
  core.store.setSetting(SETTING, mode)
}

/** When and how something accepted now will settle. */
export function planSettlement<Success extends string>(core: Core, success: Success): { dueAt: number | null; dueState: Success | 'failed' } {
  const mode = settlementMode(core)
  return {
    dueAt: mode === 'hold' ? null : core.clock.now() + core.settings.settleAfterMs,
    dueState: mode === 'fail' ? 'failed' : success,
  }
}
