/** Lets a polling loop sleep until there is work: a wake that comes before the sleep is not lost. */
export class Waker {
  #resolve: Array<() => void> = []

  /** A promise that ends at the next wake, or after `timeoutMs`. Ask for it before looking for work. */
  next(timeoutMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.#resolve = this.#resolve.filter(other => other !== done)
        resolve()
      }, timeoutMs)
      const done = (): void => {
        clearTimeout(timer)
        resolve()
      }
      this.#resolve.push(done)
    })
  }

  wake(): void {
    const waiting = this.#resolve
    this.#resolve = []
    for (const resolve of waiting) resolve()
  }
}

/** What a loop waits for, by name: `outbox`, `deadlines`, or a task's name. */
const wakers = new Map<string, Waker>()
const tellers = new Set<(name: string) => void>()

export function wakerOf(name: string): Waker {
  const waker = wakers.get(name) ?? new Waker()
  wakers.set(name, waker)
  return waker
}

/** There is work of this name: wakes the loop of this process, and tells the other processes when this one has none. */
export function wake(name: string): void {
  wakers.get(name)?.wake()
  for (const tell of tellers) tell(name)
}

/** Calls `tell` at each wake of this process, until the returned function is called. See wake-up.ts. */
export function onWake(tell: (name: string) => void): () => void {
  tellers.add(tell)
  return () => tellers.delete(tell)
}
