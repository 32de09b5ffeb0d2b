import type { DemoProvider } from '../types.ts'
import { digitalProviders } from './providers-digital.ts'
import { officeProviders } from './providers-office.ts'
import { visualProviders } from './providers-visual.ts'

export { buyers, organizations } from './buyers.ts'
export { demoPassword, staff } from './staff.ts'

export const providers: DemoProvider[] = [...visualProviders, ...digitalProviders, ...officeProviders]
