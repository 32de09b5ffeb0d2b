/** Announcements: what the platform tells everybody. Staff write them; a person is told by what they have not read yet, not by a row each. */
import { announcementDesk as desk, announcements as contracts } from '@miaodan/shared/announcements/contract'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { appear, createDraft, deskPage, editAnnouncement, publishAnnouncement, withdrawAnnouncement } from './desk.ts'
import { announcement, announcementPage, markRead, newsFor } from './reading.ts'

export const announcementsFeature = defineFeature({
  name: 'announcements',
  routes: [
    handle(contracts.list, async ({ db, deps, viewer, query }) => announcementPage(db, deps, viewer?.userId, query)),
    handle(contracts.news, async ({ db, deps, viewer }) => newsFor(db, deps, viewer?.userId)),
    handle(contracts.get, async ({ db, deps, viewer, params }) => announcement(db, deps, viewer?.userId, params.id)),
    handle(contracts.read, async ({ tx, deps, viewer, params }) => markRead(tx, deps, viewer.userId, params.id)),
    handle(desk.list, async ({ db, query }) => deskPage(db, query)),
    handle(desk.create, async ({ tx, deps, viewer, body }) => createDraft(tx, deps, viewer.userId, body)),
    handle(desk.edit, async ({ tx, deps, viewer, params, body }) => editAnnouncement(tx, deps, viewer.userId, params.id, body)),
    handle(desk.publish, async ({ tx, deps, viewer, params, body }) => publishAnnouncement(tx, deps, viewer.userId, params.id, body.at)),
    handle(desk.withdraw, async ({ tx, deps, viewer, params, body }) => withdrawAnnouncement(tx, deps, viewer.userId, params.id, body.reason)),
  ],
  deadlines: { 'announcement.appear': async (tx, deadline, deps) => appear(tx, deps, deadline.entityId) },
})
