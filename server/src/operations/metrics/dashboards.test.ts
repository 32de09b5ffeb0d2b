/** The dashboard and the alerts are files that nobody runs here: each name in them must be one that /metrics has. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { createMetrics } from './index.ts'

const ROOT = new URL('../../../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')
const METRIC = /\b(?:miaodan|nodejs|process)_[a-z0-9_]+/g
/** What a histogram adds to its name. */
const PART = /_(?:bucket|sum|count)$/

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

it('name only metrics that exist, with their labels', async () => {
  const metrics = await createMetrics(t.deps).registry.getMetricsAsJSON()
  const known = new Set(metrics.map(metric => metric.name))
  const dashboard = JSON.parse(await read('deploy/grafana/miaodan.json')) as { panels: { targets?: { expr: string }[] }[] }
  const expressions = dashboard.panels.flatMap(panel => (panel.targets ?? []).map(target => target.expr))
  const alerts = [...(await read('deploy/prometheus/alerts.yml')).matchAll(/^\s+expr: (.+)$/gm)].map(match => String(match[1]))
  expect(expressions.length).toBeGreaterThan(30)
  expect(alerts.length).toBeGreaterThan(15)
  const named = [...expressions, ...alerts].flatMap(text => text.match(METRIC) ?? [])
  expect(named.filter(name => !known.has(name) && !known.has(name.replace(PART, '')))).toEqual([])
})

it('each alert says in the runbook what to do', async () => {
  const names = [...(await read('deploy/prometheus/alerts.yml')).matchAll(/alert: (\w+)/g)].map(match => String(match[1]))
  const headings = [...(await read('docs/operations.md')).matchAll(/^### (\w+)/gm)].map(match => match[1])
  expect(headings.filter(heading => heading?.startsWith('Miaodan')).sort()).toEqual(names.sort())
})
