/**
 * Loads the demo by playing it: accounts, services, requirements, orders, talk and money come about through the
 * product's own endpoints, in the order and at the time the stories tell. Nothing is written past them, so that the
 * books, the search index and the histories hold as they do for real people.
 */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { announcementScenes } from './announcements.ts'
import { couponScenes } from './coupons.ts'
import { checkEnds } from './ends.ts'
import { orderScenes } from './orders.ts'
import { peopleScenes } from './people.ts'
import { requirementScenes } from './requirements.ts'
import { serviceScenes } from './services.ts'
import { Stage } from './stage.ts'
import { leaveUnread, talkScenes } from './talk.ts'

const MONTHS_OF_TALK = 3

export type Progress = (done: number, of: number) => void

/** Needs an empty, migrated database and a running sandbox gateway. Throws when anything does not come out as told. */
export async function loadDemo(deps: Deps, progress: Progress = () => {}): Promise<void> {
  const stage = await Stage.open(deps)
  try {
    const scenes = [...await peopleScenes(stage), ...serviceScenes(stage), ...requirementScenes(stage), ...couponScenes(stage), ...orderScenes(stage), ...talkScenes(stage), ...announcementScenes(stage)].toSorted((a, b) => a.at.getTime() - b.at.getTime())
    // What is said in the play is older than the database.
    await deps.db.execute(sql`select ensure_month(parent, month) from missing_months(now() - make_interval(months => ${MONTHS_OF_TALK}), ${MONTHS_OF_TALK}) where parent = 'messages'::regclass`)
    for (const [index, { at, name, play }] of scenes.entries()) {
      progress(index, scenes.length)
      try {
        await stage.time.passTo(at)
        await play()
      } catch (error) {
        throw new Error(`The demo stopped at "${name}" of ${at.toISOString()}: ${String(error)}`, { cause: error })
      }
    }
    await stage.time.passTo(new Date())
    stage.curtain()
    await leaveUnread(stage)
    await stage.time.settle()
    await stage.time.sendMessages()
    await checkEnds(stage)
    await stage.payer.moveClock(deps.clock.offsetMs)
    progress(scenes.length, scenes.length)
  } finally {
    await stage.close()
  }
}
