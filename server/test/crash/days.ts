import { durationMs } from '@miaodan/shared/kernel/time'

/** Each day in China from one moment to another. */
export function chinaDays(from: Date, to: Date): string[] {
  const days: string[] = []
  const day = (at: number) => new Date(at + durationMs({ hours: 8 })).toISOString().slice(0, 10)
  for (let at = from.getTime(); at < to.getTime() + durationMs({ days: 1 }); at += durationMs({ days: 1 })) days.push(day(at))
  return [...new Set(days)]
}
