/**
 * Gauges whose values stand in the database. They are read when somebody asks, and not more often than a reading says:
 * a handful of scrapers must not become a load. What cannot be read disappears rather than staying at its last value.
 */
import { Gauge, type Registry } from 'prom-client'
import type { Logger } from 'pino'

type Sample = { value: number, labels?: Record<string, string> }
export type Values = Record<string, number | readonly Sample[] | undefined>

export type Reading = {
  name: string
  everyMs: number
  /** Help by the gauge's name, and the label of those that have one. */
  gauges: Record<string, { help: string, label?: string }>
  /** A gauge that is left out has no value now. */
  read: () => Promise<Values>
}

type Shown = { gauge: Gauge, labelled: boolean }
type Kept = { reading: Reading, gauges: Map<string, Shown>, readAt: number, running?: Promise<void> | undefined }

const TIMEOUT_MS = 5_000

export class Readings {
  readonly #log: Logger
  readonly #all: Kept[]
  readonly #failed: Gauge<'reading'>

  constructor(readings: readonly Reading[], registry: Registry, log: Logger) {
    this.#log = log
    this.#failed = new Gauge({ name: 'miaodan_reading_failed', help: '1 while the values of a reading could not be had.', labelNames: ['reading'], registers: [registry] })
    this.#all = readings.map(reading => ({
      reading, readAt: -Infinity,
      gauges: new Map(Object.entries(reading.gauges).map(([name, { help, label }]) => {
        const gauge = new Gauge({ name, help, labelNames: label ? [label] : [], registers: [registry] })
        return [name, { labelled: label !== undefined, gauge }]
      })),
    }))
  }

  /** Ends when all are fresh enough, or have taken too long. */
  async refresh(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>(done => {
      timer = setTimeout(done, TIMEOUT_MS)
    })
    await Promise.race([Promise.all(this.#all.map(one => this.#refreshed(one))), patience])
    clearTimeout(timer)
  }

  #refreshed(one: Kept): Promise<void> {
    if (one.running === undefined && performance.now() - one.readAt < one.reading.everyMs) return Promise.resolve()
    one.running ??= this.#read(one).finally(() => {
      one.running = undefined
    })
    return one.running
  }

  async #read(one: Kept): Promise<void> {
    const { reading, gauges } = one
    let values: Values = {}
    try {
      values = await reading.read()
      this.#failed.set({ reading: reading.name }, 0)
      one.readAt = performance.now()
    } catch (error) {
      this.#log.warn({ err: error, reading: reading.name }, 'metrics could not be read')
      this.#failed.set({ reading: reading.name }, 1)
    }
    for (const [name, shown] of gauges) show(shown, values[name])
  }
}

function show({ gauge, labelled }: Shown, value: Values[string]): void {
  gauge.reset()
  if (typeof value === 'object') for (const sample of value) gauge.set(sample.labels ?? {}, sample.value)
  else if (value !== undefined) gauge.set(value)
  // A gauge without labels is 0 after a reset, which would be a value.
  else if (!labelled) gauge.remove()
}
