/**
 * The evidence pack: what the product itself knows of a milestone, written down and hashed at the moment a dispute opens,
 * so that nothing said or changed later can get into it. Times are ISO 8601 and amounts fen as text: as they are hashed.
 */
import { createHash } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { PieceKind, Sealed } from '@miaodan/shared/disputes/model'
import { DISPUTE_LIMITS } from '@miaodan/shared/disputes/rules'
import type { Executor, Tx } from '../../kernel/db.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'
import { transcriptOf } from '../chat/index.ts'
import { recordOf, type Deal } from '../orders/index.ts'
import { evidencePieces, refundOffers, type PieceRow, type RequestRow, type StoredFile } from './tables.ts'

type Piece = { sealed: Sealed, files: StoredFile[] }

/** In the order in which an arbitrator reads them. */
export async function sealPack(tx: Tx, disputeId: string, deal: Deal, request: RequestRow, at: Date): Promise<void> {
  const record = await recordOf(tx, deal, request.milestoneId)
  const pieces: Piece[] = [
    { files: [], sealed: { kind: 'checklist', lines: record.checklist.map(line => ({ position: line.position, text: line.text, proof: line.proof, ticked: line.tickedAt !== null })) } },
    await deliveriesOf(tx, record.deliveries),
    { files: [], sealed: { kind: 'timeline', steps: record.timeline.map(step => ({
      at: step.at?.toISOString() ?? '', code: step.code, by: step.by, milestone: step.milestone?.position ?? null, amount: step.amount?.amount.toString() ?? null, ...given(step.coupon?.amount), text: step.text,
    })) } },
    await chatOf(tx, request),
    await offersOf(tx, request.id),
    { files: [], sealed: { kind: 'payments', payments: record.payments.map(payment => ({
      id: payment.id, at: payment.paidAt?.toISOString() ?? null, channel: payment.channel, amount: payment.amount.amount.toString(), ...given(payment.coupon.amount), state: payment.state,
      refunded: payment.refunds.reduce((sum, refund) => sum + refund.amount.amount, 0n).toString(),
    })) } },
  ]
  for (const [index, piece] of pieces.entries()) {
    await addPiece(tx, { disputeId, number: index + 1, kind: piece.sealed.kind, side: 'system', authorId: null, text: null, ...piece, at })
  }
}

/** What a coupon gave is told only where there was one. */
const given = (coupon: bigint | undefined) => (coupon ? { coupon: coupon.toString() } : {})

/** Writes a piece with its hash. */
export async function addPiece(tx: Tx, piece: Omit<PieceRow, 'sha256'>): Promise<void> {
  await tx.insert(evidencePieces).values({ ...piece, sha256: hashOf(piece) })
}

/** SHA-256 of what a piece says, who says it, and the hashes of its files, as JSON with sorted keys. */
export function hashOf({ number, kind, side, text, sealed, files }: { number: number, kind: PieceKind, side: string, text: string | null, sealed: Sealed | null, files: readonly StoredFile[] }): string {
  return createHash('sha256').update(canonical({ number, kind, side, text, sealed, files: files.map(file => file.sha256) })).digest('hex')
}

/** JSON with the keys of every object sorted, so that the same content always has the same text (RFC 8785 for what is used here: text, whole numbers, true, false, null). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

async function named(executor: Executor, files: readonly StoredFile[]): Promise<Map<string, { name: string, sha256: string }>> {
  const uploads = await uploadsByIds(executor, files.map(file => file.id))
  return new Map(files.map(file => [file.id, { name: uploads.get(file.id)?.name ?? '', sha256: file.sha256 }]))
}

const namesOf = (names: ReadonlyMap<string, { name: string, sha256: string }>, files: readonly StoredFile[]) => files.flatMap(file => names.get(file.id) ?? [])

async function deliveriesOf(executor: Executor, rows: readonly { version: number, at: Date, message: string, files: StoredFile[], revisionReason: string | null }[]): Promise<Piece> {
  const files = rows.flatMap(row => row.files)
  const names = await named(executor, files)
  return { files, sealed: { kind: 'deliveries', versions: rows.map(row => ({ version: row.version, at: row.at.toISOString(), message: row.message, files: namesOf(names, row.files), revision: row.revisionReason })) } }
}

async function chatOf(executor: Executor, request: RequestRow): Promise<Piece> {
  const { total, messages } = await transcriptOf(executor, request.buyerId, request.providerId, DISPUTE_LIMITS.chatMessages)
  return {
    files: messages.flatMap(message => message.files.map(({ id, sha256 }) => ({ id, sha256 }))),
    sealed: { kind: 'chat', total, messages: messages.map(message => ({
      seq: message.seq, at: message.at.toISOString(), by: message.senderId === request.buyerId ? 'buyer' : 'provider', text: message.text, files: message.files.map(({ name, sha256 }) => ({ name, sha256 })),
    })) },
  }
}

async function offersOf(executor: Executor, requestId: string): Promise<Piece> {
  const rows = await executor.select().from(refundOffers).where(eq(refundOffers.requestId, requestId)).orderBy(asc(refundOffers.version))
  const files = rows.flatMap(row => row.files)
  const names = await named(executor, files)
  return { files, sealed: { kind: 'offers', offers: rows.map(row => ({ version: row.version, at: row.at.toISOString(), by: row.side, amount: row.amount.toString(), message: row.message, files: namesOf(names, row.files) })) } }
}
