/**
 * Lifecycles are data. From one declaration come the state type, the server's compare-and-set, the foreign key that
 * makes an illegal edge impossible to record, the buttons on a page, the automatic deadlines and the diagrams.
 */
import type { Duration } from './time.ts'

export type Actor = 'buyer' | 'provider' | 'author' | 'staff' | 'gateway' | 'timer' | 'system'

export type Transition<S extends string = string> = {
  from: readonly S[]
  to: S
  /** Who may do it. `timer` means a deadline does it by itself. */
  by: readonly Actor[]
  /** For a timer: how long after entering the `from` state it fires, unless configuration says otherwise. */
  after?: Duration
  /** What it does besides changing the state, in one line for the reference. */
  effect?: string
}

export type Lifecycle<S extends string = string, A extends string = string> = {
  /** The thing that lives, singular: `order`. Its events are `<name>.<past tense>` as given in `events`. */
  name: string
  states: readonly S[]
  initial: S
  final: readonly S[]
  transitions: Record<A, Transition<S>>
}

export function defineLifecycle<const S extends string, const A extends string>(
  lifecycle: { name: string, states: readonly S[], initial: NoInfer<S>, final: readonly NoInfer<S>[], transitions: Record<A, Transition<NoInfer<S>>> },
): Lifecycle<S, A> {
  return lifecycle
}

export type StateOf<L> = L extends Lifecycle<infer S, string> ? S : never
export type ActionOf<L> = L extends Lifecycle<string, infer A> ? A : never

/** The actions `actor` may take on a thing in `state`, in the order they were declared. */
export function actionsFor<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: S, actor: Actor): A[] {
  return entriesOf(lifecycle).filter(([, transition]) => transition.from.includes(state) && transition.by.includes(actor)).map(([action]) => action)
}

export function entriesOf<S extends string, A extends string>(lifecycle: Lifecycle<S, A>): [A, Transition<S>][] {
  return Object.entries(lifecycle.transitions) as [A, Transition<S>][]
}

/** The topics of the events of a thing's steps: `order.pay`, `order.accept`. */
export const topicsOf = (lifecycle: Lifecycle): string[] => Object.keys(lifecycle.transitions).map(action => `${lifecycle.name}.${action}`)

/** A Mermaid state diagram for the documentation. */
export function diagramOf(lifecycle: Lifecycle): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${lifecycle.initial}`]
  for (const [action, transition] of entriesOf(lifecycle)) {
    for (const from of transition.from) lines.push(`  ${from} --> ${transition.to}: ${action} (${transition.by.join(', ')})`)
  }
  for (const state of lifecycle.final) lines.push(`  ${state} --> [*]`)
  return lines.join('\n')
}
