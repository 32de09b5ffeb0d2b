/** How a notification goes wrong. Each has happened with a real network. */
export const faults = ['normal', 'late', 'doubled', 'reordered', 'wrong_amount', 'bad_signature', 'lost'] as const
export type Fault = (typeof faults)[number]

/** What a person may choose for `late`, in seconds. */
export const delays = [10, 60, 300, 2100, 7200] as const
export const DEFAULT_DELAY_SECONDS = 2100

export type FaultChoice = { fault: Fault; delaySeconds: number }

export const noFault: FaultChoice = { fault: 'normal', delaySeconds: 0 }

const COPIES_WHEN_DOUBLED = 3

/** What the fault means for the row: when it is due (null: never), how often it goes out at once, how it begins. */
export function planSending(choice: FaultChoice, now: number): { dueAt: number | null; copies: number; state: 'waiting' | 'withheld' } {
  if (choice.fault === 'lost') return { dueAt: null, copies: 0, state: 'withheld' }
  const dueAt = choice.fault === 'late' ? now + choice.delaySeconds * 1000 : now
  return { dueAt, copies: choice.fault === 'doubled' ? COPIES_WHEN_DOUBLED : 1, state: 'waiting' }
}
