/** Runs work on several lanes for some seconds, or until it answers false. Answers how much was done a second and how long one took, in ms. */
export async function drive(lanes: number, seconds: number, work: (lane: number) => Promise<unknown>): Promise<{ rate: number, p50: number, p95: number, p99: number }> {
  const took: number[] = []
  const start = performance.now()
  const end = start + seconds * 1_000
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    for (let from = performance.now(); from < end; from = performance.now()) {
      if (await work(lane) === false) return
      took.push(performance.now() - from)
    }
  }))
  const rate = took.length / ((performance.now() - start) / 1_000)
  took.sort((a, b) => a - b)
  return { rate, p50: quantile(took, 0.5), p95: quantile(took, 0.95), p99: quantile(took, 0.99) }
}

/** Of an ascending list. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export function median(values: number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5)
}
