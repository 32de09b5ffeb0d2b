/** What the demo's platform has announced, written and published by its support desk. */
import { announcementDesk as contracts } from '@miaodan/shared/announcements/contract'
import { momentOf } from './clock.ts'
import { announcements } from './content/announcements.ts'
import type { DemoAnnouncement } from './content/types.ts'
import { scene, type Scene } from './scenes.ts'
import { known, type Stage } from './stage.ts'

export const announcementScenes = (stage: Stage): Scene[] => announcements.map(page => scene(stage, page.published, `${page.id} is published`, () => announce(stage, page)))

async function announce(stage: Stage, { kind, title, body, effective }: DemoAnnouncement): Promise<void> {
  const desk = known(stage.people, 'support')
  const effectiveAt = effective ? momentOf(effective, stage.loadedAt) : null
  const { id } = await desk.call(contracts.create, { body: { kind, titleZh: title.zh, titleEn: title.en, bodyZh: body.zh, bodyEn: body.en, effectiveAt } })
  await desk.call(contracts.publish, { params: { id }, body: { at: null } })
}
