/** Before anything else: a database that is being started, or restarted, is waited for instead of given up on. */
import { setTimeout as delay } from 'node:timers/promises'
import { durationMs } from '@miaodan/shared/kernel/time'
import postgres from 'postgres'
import type { Logger } from 'pino'
import { sqlState } from './db.ts'

const LOOK_EVERY_MS = 500
const TELL_EVERY_MS = durationMs({ seconds: 10 })
/** A supervisor starts anew what has ended after it. */
const PATIENCE_MS = durationMs({ minutes: 2 })

/** SQLSTATE classes and codes of a server that does not take connections now: going down, starting up, full. */
const NOT_NOW = /^(08...|57P0[123]|53300)$/
/** What the network says, and postgres.js. */
const NOT_THERE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED'])

/** @throws what the database said when waiting does not help (a wrong password, no such database), or `patienceMs` are over. */
export async function untilDatabaseAnswers(url: string, log: Pick<Logger, 'warn'>, patienceMs = PATIENCE_MS): Promise<void> {
  const end = performance.now() + patienceMs
  for (let tellAt = 0; ; await delay(LOOK_EVERY_MS)) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {}, prepare: false })
    try {
      await sql`select 1`
      return
    } catch (error) {
      if (!isPassing(error) || performance.now() > end) throw error
      if (performance.now() < tellAt) continue
      tellAt = performance.now() + TELL_EVERY_MS
      log.warn({ err: error }, 'waiting for the database')
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return NOT_NOW.test(sqlState(error) ?? '') || (typeof code === 'string' && NOT_THERE.has(code))
}
