import { recordsOf, type RouteModule } from './route-records.ts'

export default recordsOf(import.meta.glob<RouteModule>('./routes/staff/*.ts', { eager: true }))
