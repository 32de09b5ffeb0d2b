/** The system's own endpoints: the clock, and in demo mode the mailbox. */
import { system } from '@miaodan/shared/kernel/system'
import { wakeSweeper } from './deadlines.ts'
import { defineFeature, handle } from './feature.ts'

export const CLOCK_CHANNEL = 'miaodan_clock'
export const VERSION = '0.1.0'

export const systemFeature = defineFeature({
  name: 'system',
  routes: [
    handle(system.info, async ({ deps }) => ({ now: deps.clock.now(), demo: deps.config.demo, version: VERSION })),
    handle(system.advanceClock, async ({ deps, body }) => {
      await deps.clock.advance(deps.sql, body.seconds * 1000)
      await deps.pubsub.publish(CLOCK_CHANNEL, '')
      return { now: deps.clock.now() }
    }, { transaction: false }),
    handle(system.mailbox, async ({ deps, query }) => ({ items: await deps.mailbox.list(query.to) })),
  ],
  /** Each process reads the clock again when any process has moved it, and looks for what has become due. */
  start: async deps => {
    const read = () => void deps.clock.load(deps.sql).then(wakeSweeper, error => deps.log.error({ err: error }, 'clock could not be read'))
    return deps.pubsub.subscribe(CLOCK_CHANNEL, read, read)
  },
})
