/** Configuration, read once from the environment. README.md lists what each setting means. */
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { MATCH_WEIGHTS, readWeights, WAVES } from '@miaodan/shared/matching/weights'
import { durationMs } from '@miaodan/shared/kernel/time'
import * as z from 'zod'

/** A refusal of `read` becomes the setting's own fault. */
const readBy = <T>(read: (written: string) => T) => (written: string, context: z.RefinementCtx): T => {
  try {
    return read(written)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    return z.NEVER
  }
}

const flag = z.enum(['0', '1']).transform(value => value === '1')

/** `name=value,name=value` */
const pairs = z.string().regex(/^[a-z_]+=[^,=\s]+(,[a-z_]+=[^,=\s]+)*$/).transform(text => Object.fromEntries(text.split(',').map(pair => pair.split('=') as [string, string])))

const environmentSchema = z.object({
  DATABASE_URL: z.url(),
  /** Postgres itself, where DATABASE_URL is a pooler that gives each transaction another session. See docs/scaling.md. */
  DATABASE_DIRECT_URL: z.url().optional(),
  DATABASE_PREPARE: flag.default(true),
  /** Streaming replicas of it, separated by commas, for reads that may be stale by so much at the most. */
  DATABASE_REPLICA_URL: z.string().regex(/^postgres(ql)?:\/\/[^,\s]+(,postgres(ql)?:\/\/[^,\s]+)*$/, 'postgres:// addresses, separated by commas').transform(urls => urls.split(',')).refine(urls => urls.every(url => URL.canParse(url)), 'postgres:// addresses, separated by commas').default([]),
  DATABASE_REPLICA_MAX_LAG_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  DATA_DIR: z.string().default('.data'),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  /** How long a process that was asked to end goes on answering, so that the proxy has seen /readyz change. */
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
  DEMO: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where /metrics is, on an address of its own; nowhere unless a port is given. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** Where traces are sent, and the share of requests that are traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
  /** Days that events stay after every subscriber has had them, and answers under used idempotency keys. */
  KEEP_EVENT_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  KEEP_ANSWER_DAYS: z.coerce.number().int().min(1).max(3_650).default(7),
  TRUST_PROXY: flag.default(false),
  /** Where the gateway reaches this server for its callbacks; the server's own address unless a proxy stands between. */
  CALLBACK_URL: z.url().optional(),
  /** Requests a minute from one person or address. */
  RATE_LIMIT: z.coerce.number().int().min(1).default(600),
  /** Signs session cookies. At least 32 characters. */
  SESSION_SECRET: z.string().min(32).optional(),
  /** Encrypts phone numbers and bank accounts at rest: `<key id>:<32 bytes in base64>`, the newest first, separated by commas. */
  FIELD_KEYS: z.string().optional(),
  /** Pub/sub, jobs and shared rate limits go over this Redis: `redis://` or `rediss://`; the nodes of a cluster, separated by commas. */
  REDIS_URL: z.string().regex(/^rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*$/, 'redis:// or rediss:// addresses, separated by commas').optional(),
  /** Where files are kept instead of DATA_DIR: a bucket of a store that speaks S3. See README.md. */
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_PUBLIC_ENDPOINT: z.url().optional(),
  S3_PATH_STYLE: flag.optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PREFIX: z.string().regex(/^([A-Za-z0-9._-]+\/)*$/, 'folders, each with a / behind it').default(''),
  /** How many providers are told of a requirement at once, wave by wave; how long each wave has; the share of newcomers in each. */
  MATCH_WAVES: z.string().regex(/^[1-9]\d{0,2}(,[1-9]\d{0,2}){0,9}$/).default(WAVES.sizes.join(',')).transform(sizes => sizes.split(',').map(Number)),
  MATCH_WAVE_SECONDS: z.coerce.number().int().min(10).max(86_400).default(durationMs(WAVES.wait) / 1000),
  MATCH_NEWCOMER_SHARE: z.coerce.number().min(0).max(1).default(WAVES.newcomerShare),
  /** What each part of the match score weighs: `text=22,skills=24`. */
  MATCH_WEIGHTS: z.string().transform(readBy(readWeights)).default(MATCH_WEIGHTS),
  /** Where mails go instead of the dev mailbox, and who they are from. */
  SMTP_URL: z.string().regex(/^smtps?:\/\//).refine(URL.canParse).optional(),
  SMTP_TLS: z.enum(['required', 'optional']).default('required'),
  MAIL_FROM: z.string().regex(/@/).optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_PRIVATE_KEY: z.string().optional(),
  /** Where SMS go instead of the dev mailbox: Alibaba Cloud's service. */
  ALIYUN_SMS_KEY_ID: z.string().optional(),
  ALIYUN_SMS_KEY_SECRET: z.string().optional(),
  ALIYUN_SMS_SIGN_NAME: z.string().optional(),
  ALIYUN_SMS_TEMPLATES: pairs.optional(),
  ALIYUN_SMS_ENDPOINT: z.url().default('https://dysmsapi.aliyuncs.com'),
  /** A search server to ask before Postgres; the master key, or one that may search and write. */
  MEILI_URL: z.url().optional(),
  MEILI_KEY: z.string().default(''),
  /** Stands before the names of its indexes: letters, digits, - and _. */
  MEILI_PREFIX: z.string().regex(/^[A-Za-z0-9_-]{0,40}$/).default('miaodan_'),
  /** The sandbox gateway: where the server reaches it, where browsers do, and the keys of both sides (PEM, \n escaped or base64). */
  GATEWAY_URL: z.url().default('http://127.0.0.1:3001'),
  GATEWAY_PUBLIC_URL: z.url().optional(),
  GATEWAY_PUBLIC_KEY: z.string().min(1),
  MERCHANT_PRIVATE_KEY: z.string().min(1),
  MERCHANT_APP_ID: z.string().default('miaodan-demo'),
})

export type Config = ReturnType<typeof readConfig>

/** @throws an Error that names each wrong setting in one line. */
export function readConfig(environment: Record<string, string | undefined>) {
  const parsed = environmentSchema.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')))
  if (!parsed.success) throw new Error(`Configuration: ${parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
  const env = parsed.data
  if (!env.DEMO && (!env.SESSION_SECRET || !env.FIELD_KEYS)) throw new Error('Configuration: SESSION_SECRET and FIELD_KEYS are needed outside demo mode')
  return {
    databaseUrl: env.DATABASE_URL,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    databasePrepare: env.DATABASE_PREPARE,
    databasePool: env.DATABASE_POOL,
    replicas: { urls: env.DATABASE_REPLICA_URL, maxLagMs: env.DATABASE_REPLICA_MAX_LAG_SECONDS * 1000 },
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
    callbackUrl: (env.CALLBACK_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/$/, ''),
    dataDir: resolve(env.DATA_DIR),
    role: env.ROLE,
    retention: { eventDays: env.KEEP_EVENT_DAYS, answerDays: env.KEEP_ANSWER_DAYS },
    drainMs: env.DRAIN_SECONDS * 1000,
    demo: env.DEMO,
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : { url: env.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, ''), share: env.OTEL_TRACES_SAMPLER_ARG },
    metrics: env.METRICS_PORT === undefined ? null : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    rateLimitPerMinute: env.RATE_LIMIT,
    sessionSecret: env.SESSION_SECRET ?? randomBytes(32).toString('base64'),
    fieldKeys: env.FIELD_KEYS ?? `demo:${randomBytes(32).toString('base64')}`,
    redisUrl: env.REDIS_URL ?? null,
    smtp: env.SMTP_URL === undefined ? null : {
      url: env.SMTP_URL, from: needed(env, 'MAIL_FROM', 'SMTP_URL'), allowPlain: env.SMTP_TLS === 'optional',
      dkim: env.DKIM_DOMAIN === undefined ? null : { domainName: env.DKIM_DOMAIN, keySelector: needed(env, 'DKIM_SELECTOR', 'DKIM_DOMAIN'), privateKey: pemOf(needed(env, 'DKIM_PRIVATE_KEY', 'DKIM_DOMAIN')) },
    },
    aliyunSms: env.ALIYUN_SMS_KEY_ID === undefined ? null : {
      accessKeyId: env.ALIYUN_SMS_KEY_ID, accessKeySecret: needed(env, 'ALIYUN_SMS_KEY_SECRET', 'ALIYUN_SMS_KEY_ID'), endpoint: env.ALIYUN_SMS_ENDPOINT,
      signName: needed(env, 'ALIYUN_SMS_SIGN_NAME', 'ALIYUN_SMS_KEY_ID'), templates: needed(env, 'ALIYUN_SMS_TEMPLATES', 'ALIYUN_SMS_KEY_ID'),
    },
    s3: env.S3_BUCKET === undefined ? null : {
      bucket: env.S3_BUCKET, region: env.S3_REGION, prefix: env.S3_PREFIX,
      endpoint: env.S3_ENDPOINT ?? null,
      publicEndpoint: env.S3_PUBLIC_ENDPOINT ?? null,
      pathStyle: env.S3_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
      credentials: env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY ? { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY } : null,
    },
    meilisearch: env.MEILI_URL === undefined ? null : { url: env.MEILI_URL, key: env.MEILI_KEY, prefix: env.MEILI_PREFIX },
    matching: { waves: { sizes: env.MATCH_WAVES, wait: { seconds: env.MATCH_WAVE_SECONDS }, newcomerShare: env.MATCH_NEWCOMER_SHARE }, weights: env.MATCH_WEIGHTS },
    gateway: {
      url: env.GATEWAY_URL,
      publicUrl: (env.GATEWAY_PUBLIC_URL ?? env.GATEWAY_URL).replace(/\/$/, ''),
      publicKey: env.GATEWAY_PUBLIC_KEY,
      merchantPrivateKey: env.MERCHANT_PRIVATE_KEY,
      appId: env.MERCHANT_APP_ID,
    },
  }
}

/** @throws an Error that names what is missing beside another setting. */
function needed<E, K extends keyof E & string>(env: E, name: K, beside: string): NonNullable<E[K]> {
  const value = env[name]
  if (value === undefined || value === null) throw new Error(`Configuration: ${name} is needed beside ${beside}`)
  return value
}

/** A key is written as PEM, with its lines ended by \\n, or as base64 of PEM. */
function pemOf(written: string): string {
  return written.includes('-----BEGIN') ? written.replaceAll('\\n', '\n') : Buffer.from(written, 'base64').toString()
}
