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
