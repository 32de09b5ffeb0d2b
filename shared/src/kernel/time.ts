/** Durations in milliseconds, composed from named units so that no bare number of seconds stands in the code. */
export type Duration = { days?: number, hours?: number, minutes?: number, seconds?: number }

export function durationMs(duration: Duration): number {
  return ((((duration.days ?? 0) * 24 + (duration.hours ?? 0)) * 60 + (duration.minutes ?? 0)) * 60 + (duration.seconds ?? 0)) * 1000
}

export function after(start: Date, duration: Duration): Date {
  return new Date(start.getTime() + durationMs(duration))
}
