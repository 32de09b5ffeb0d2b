/** What the application stands on. This file alone chooses which adapter serves a port. */
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'
import { MovableClock } from './kernel/clock.ts'
import { openDatabase, type Db, type Sql } from './kernel/db.ts'
import { FieldCrypto } from './kernel/field-crypto.ts'
import type { Dependency } from './kernel/health.ts'
import { Live } from './kernel/live.ts'
import { connectRedis, type RedisClient } from './kernel/redis.ts'
import { requestIdNow } from './kernel/request-context.ts'
import { openStaleReads, type StaleReads } from './kernel/stale.ts'
import type { Jobs } from './ports/jobs/port.ts'
import { createPostgresJobs } from './ports/jobs/postgres.ts'
import { createRedisJobs } from './ports/jobs/redis.ts'
import { Mailbox } from './ports/mail/mailbox.ts'
import type { MailSender } from './ports/mail/port.ts'
import type { PaymentGateway } from './ports/payments/port.ts'
import { sandboxControls } from './ports/payments/sandbox-controls.ts'
import { createSandboxGateway } from './ports/payments/sandbox.ts'
import type { PubSub } from './ports/pubsub/port.ts'
import { PostgresPubSub } from './ports/pubsub/postgres.ts'
import { RedisPubSub } from './ports/pubsub/redis.ts'
import type { SearchEngine } from './ports/search/port.ts'
import { createFallback } from './ports/search/fallback.ts'
import { observed } from './ports/search/observed.ts'
import { createPostgresSearch } from './ports/search/postgres.ts'
import { AliyunSms } from './ports/sms/aliyun.ts'
import type { SmsSender } from './ports/sms/port.ts'
import { FolderStorage } from './ports/storage/folder.ts'
import type { Storage } from './ports/storage/port.ts'

/** Somebody waits at the demo's clock, which moves whether or not the gateway follows. */
const FOLLOW_TIMEOUT_MS = 1_000

export type Deps = {
  config: Config
  log: Logger
  db: Db
  /** For statements written by hand outside a transaction: search, listen. */
  sql: Sql
  /** For what may be some seconds old and says so: a replica, where there is one. */
  stale: StaleReads
  clock: MovableClock
  /** Seals single columns and finds them again. */
  fields: FieldCrypto
  pubsub: PubSub
  /** Work beside requests that may be repeated, and lost. */
  jobs: Jobs
  /** For counts that all processes share and may lose. Null without a Redis: then each process counts by itself. */
  redis: RedisClient | null
  live: Live
  search: SearchEngine
  storage: Storage
  /** Where payments come in and payouts go out. */
  gateway: PaymentGateway
  mail: MailSender
  sms: SmsSender
  mailbox: Mailbox
  /** What an adapter stands on, beside the database: asked by /readyz, the status page and `npm run doctor`. */
  checks: readonly Dependency[]
  close: () => Promise<void>
}

export function openLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'],
    mixin: () => ({ requestId: requestIdNow() }),
  })
}

export async function openDeps(config: Config, log = openLog(config)): Promise<Deps> {
  const { db, sql, close } = openDatabase(config.databaseUrl, { max: config.databasePool, directUrl: config.databaseDirectUrl, prepare: config.databasePrepare })
  const clock = new MovableClock()
  await clock.load(sql)
  const stale = openStaleReads({
    primary: { db, sql }, clock, log, urls: config.replicas.urls, maxLagMs: config.replicas.maxLagMs, prepare: config.databasePrepare, connections: Math.max(2, Math.floor(config.databasePool / 2)),
  })
  const onRedisError = (error: Error) => log.warn({ err: error }, 'Redis does not answer')
  const pubsub = config.redisUrl === null ? new PostgresPubSub(sql) : new RedisPubSub({ url: config.redisUrl, onError: onRedisError })
  const onJobsError = (error: Error) => log.warn({ err: error }, 'the queue of jobs does not answer')
  const jobs = config.redisUrl === null ? createPostgresJobs(config.databaseDirectUrl, { onError: onJobsError }) : createRedisJobs(config.redisUrl, { onError: onJobsError })
  const redis = config.redisUrl === null ? null : connectRedis(config.redisUrl, 'aside', onRedisError)
  const storage = config.s3 ? new (await import('./ports/storage/s3.ts')).S3Storage(config.s3) : new FolderStorage(join(config.dataDir, 'storage'))
  const { url, appId, merchantPrivateKey, publicKey } = config.gateway
  const gateway = createSandboxGateway({ url, appId, merchantPrivateKey, gatewayPublicKey: publicKey })
  clock.follow(offsetMs => sandboxControls(url, FOLLOW_TIMEOUT_MS).moveClock(offsetMs).catch(error => log.warn({ err: error }, 'the gateway did not follow the clock')))
  const mailbox = new Mailbox(db, clock)
  const mail = config.smtp ? new (await import('./ports/mail/smtp.ts')).SmtpSender(config.smtp) : mailbox.mail
  const sms = config.aliyunSms ? new AliyunSms(config.aliyunSms) : mailbox.sms
  if (!config.demo && !(config.smtp && config.aliyunSms)) log.warn({ mail: config.smtp !== null, sms: config.aliyunSms !== null }, 'what is not sent anywhere is kept in the dev mailbox, where nobody gets it')
  const local = createPostgresSearch({ sql, warm: config.role !== 'worker' })
  const fallback = config.meilisearch && createFallback({ local, remote: (await import('./ports/search/meilisearch.ts')).createMeilisearch({ sql, ...config.meilisearch }), onFailure: error => log.warn({ err: error }, 'the search server could not be asked; Postgres answers') })
  const search = observed(fallback ?? local)
  return {
    config, log, db, sql, stale, clock, fields: new FieldCrypto(config.fieldKeys), pubsub, jobs, redis, live: new Live(pubsub, log), search, storage, gateway, mailbox, mail, sms,
    checks: [
      { name: 'storage', required: false, check: () => storage.check() },
      { name: 'jobs', required: false, check: () => jobs.check() },
      { name: 'mail', required: false, check: () => mail.check() },
      ...redis ? [{ name: 'redis', required: false, check: () => redis.ping() }] : [],
    ],
    close: async () => {
      fallback?.close()
      await jobs.close()
      redis?.disconnect()
      storage.close()
      mail.close()
      await pubsub.close()
      await stale.close()
      await close()
    },
  }
}
