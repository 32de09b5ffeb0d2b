/** Writes docs/lifecycles.md from the lifecycles: `node server/src/docs/lifecycles.ts`. A test holds the page to them. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { diagramOf, entriesOf, type Lifecycle } from '@miaodan/shared/kernel/lifecycle'
import { lifecycles } from '@miaodan/shared/lifecycles'

export const LIFECYCLE_PAGE = fileURLToPath(new URL('../../../docs/lifecycles.md', import.meta.url))

function section(lifecycle: Lifecycle): string {
  const rows = entriesOf(lifecycle).map(([action, { from, to, by, after, effect }]) => {
    const wait = after ? Object.entries(after).map(([unit, amount]) => `${amount} ${unit}`).join(' ') : ''
    return `| ${action} | ${from.join(', ')} | ${to} | ${by.join(', ')} | ${wait} | ${effect ?? ''} |`
  })
  return `## ${lifecycle.name}\n\n\`\`\`mermaid\n${diagramOf(lifecycle)}\n\`\`\`\n\n| action | from | to | by | after | effect |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`
}

export function lifecyclePage(): string {
  const head = '# Lives of things\n\nMade from `shared/src/*/lifecycle.ts` by `node server/src/docs/lifecycles.ts`. The same declarations are the state types, the buttons, the deadlines,\nand a foreign key in the database that makes any other edge impossible to record.\n'
  return `${head}\n${lifecycles.map(section).join('\n')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(LIFECYCLE_PAGE, lifecyclePage())
