/**
 * The back office. It stands at the right end: it may ask every feature, and none asks it. What waits for staff is
 * registered by the feature it belongs to (kernel/queues.ts); what belongs to a feature is changed by that feature.
 */
import { admin } from '@miaodan/shared/admin/contract'
import { failures } from '@miaodan/shared/admin/failures'
import { figures } from '@miaodan/shared/admin/figures'
import { reports } from '@miaodan/shared/admin/reports'
import { hasPermission } from '@miaodan/shared/kernel/access'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { registerQueue, workQueues } from '../../kernel/queues.ts'
import { changeStaffRoles, findPeople, reinstate, suspend } from '../accounts/index.ts'
import { auditFacets, auditPage, withOwn } from './audit-log.ts'
import { givenUpWork, retryWork, waitingFailures } from './failures.ts'
import { figuresOf } from './figures.ts'
import { personPage } from './people.ts'
import { decideReport, listReports, reportContent, waitingReports } from './reports.ts'

const people = [
  handle(admin.queues, async ({ db, deps, viewer }) => {
    const shown = workQueues().filter(queue => hasPermission(viewer.staffRoles, queue.needs))
    return { items: await Promise.all(shown.map(async ({ name, read }) => ({ name, ...await read(db, deps) }))) }
  }),
  handle(admin.findPeople, async ({ db, deps, query }) => findPeople(db, deps, query)),
  handle(admin.getPerson, async ({ db, deps, viewer, params }) => personPage(db, deps, viewer, params.id)),
  handle(admin.suspend, async ({ tx, deps, viewer, params, body }) => suspend(tx, deps, viewer, params.id, body.reason)),
  handle(admin.reinstate, async ({ tx, deps, viewer, params, body }) => reinstate(tx, deps, viewer, params.id, body.reason)),
  handle(admin.changeRoles, async ({ tx, deps, viewer, params, body }) => changeStaffRoles(tx, deps, viewer, params.id, body.staffRoles)),
]

const auditing = [
  handle(admin.auditEntries, async ({ db, deps, viewer, query }) => deps.stale.read(async (held, asOf) => ({ asOf, ...await auditPage(held, deps, query) }), await withOwn(db, viewer.userId))),
  handle(admin.auditFacets, async ({ deps }) => deps.stale.read(db => auditFacets(db, deps))),
]

const reporting = [
  handle(figures.get, async ({ deps, query }) => deps.stale.read(async (db, asOf) => ({ asOf, ...await figuresOf(db, query) }))),
  handle(reports.create, async ({ tx, deps, viewer, body }) => reportContent(tx, deps, viewer.userId, body)),
  handle(reports.list, async ({ db, deps, query }) => listReports(db, deps, query)),
  handle(reports.remove, async ({ tx, deps, viewer, params, body }) => decideReport(tx, deps, { staffId: viewer.userId, id: params.id, action: 'remove', note: body.note })),
  handle(reports.dismiss, async ({ tx, deps, viewer, params, body }) => decideReport(tx, deps, { staffId: viewer.userId, id: params.id, action: 'dismiss', note: body.note })),
]

const failing = [
  handle(failures.list, async ({ db, deps, query }) => ({ items: await givenUpWork(db, deps, query.limit), next: null })),
  handle(failures.retry, async ({ deps, viewer, body }) => retryWork(deps, viewer.userId, body.id), { transaction: false }),
]

registerQueue({ name: 'failures', needs: 'system.maintain', read: waitingFailures })
registerQueue({ name: 'reports', needs: 'reports.handle', read: waitingReports })

export { failuresByKind } from './failures.ts'

export const adminFeature = defineFeature({ name: 'admin', routes: [...people, ...auditing, ...reporting, ...failing] })
