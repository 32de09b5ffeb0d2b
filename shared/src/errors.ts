/** Every expected failure of the product, by code. */
import { adminErrors } from './admin/errors.ts'
import { announcementErrors } from './announcements/errors.ts'
import { catalogErrors } from './catalog/errors.ts'
import { accountsErrors } from './accounts/errors.ts'
import { chatErrors } from './chat/errors.ts'
import { disputeErrors } from './disputes/errors.ts'
import { kernelErrors } from './kernel/errors.ts'
import { ledgerErrors } from './ledger/errors.ts'
import { matchingErrors } from './matching/errors.ts'
import { noticeErrors } from './notifications/errors.ts'
import { orderErrors } from './orders/errors.ts'
import { paymentErrors } from './payments/errors.ts'
import { rewardErrors } from './rewards/errors.ts'
import { reviewErrors } from './reviews/errors.ts'
import { requirementErrors } from './requirements/errors.ts'
import { wordErrors } from './words/errors.ts'
import { ProblemError, type ErrorDeclaration, type Params } from './kernel/problem.ts'

export const errors = { ...kernelErrors, ...accountsErrors, ...ledgerErrors, ...catalogErrors, ...paymentErrors, ...chatErrors, ...orderErrors, ...disputeErrors, ...rewardErrors, ...reviewErrors, ...requirementErrors, ...matchingErrors, ...wordErrors, ...noticeErrors, ...announcementErrors, ...adminErrors }
export type ErrorCode = keyof typeof errors

export const declarationOf = (code: string): ErrorDeclaration | undefined => (errors as Record<string, ErrorDeclaration>)[code]

/** Makes the error to throw for an expected failure. */
export function problem(code: ErrorCode, params: Params = {}, at: { field?: string } = {}): ProblemError {
  return new ProblemError(code, params, at.field)
}
