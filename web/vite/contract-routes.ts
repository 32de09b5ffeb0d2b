/**
 * `virtual:routes`: method and path of every contract, read at build time. The contracts themselves carry zod schemas, which the
 * browser does not need: it takes only their types.
 */
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Plugin } from 'vite'

const VIRTUAL_ID = 'virtual:routes'
const contractsFile = createRequire(import.meta.url).resolve('@miaodan/shared/contracts')

// A process of its own: Node keeps modules for ever, and the development server must see an edited contract.
const script = `
const { contracts } = await import(${JSON.stringify(pathToFileURL(contractsFile).href)})
const routes = Object.values(contracts).flatMap(feature => Object.values(feature))
  .map(({ name, method, path, idempotency }) => [name, idempotency === 'required' ? [method, path, 1] : [method, path]])
process.stdout.write(JSON.stringify(Object.fromEntries(routes)))
`

export async function readContractRoutes(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return stdout
}

export function contractRoutes(): Plugin {
  return {
    name: 'miaodan:contract-routes',
    resolveId: id => (id === VIRTUAL_ID ? `\0${VIRTUAL_ID}` : undefined),
    async load(id) {
      if (id !== `\0${VIRTUAL_ID}`) return
      this.addWatchFile(contractsFile)
      return `export const routes = ${await readContractRoutes()}`
    },
    configureServer(server) {
      const shared = dirname(contractsFile)
      server.watcher.add(join(shared, '*', 'contract.ts'))
      server.watcher.on('change', (file) => {
        if (!file.startsWith(shared)) return
        const module = server.moduleGraph.getModuleById(`\0${VIRTUAL_ID}`)
        if (module) void server.reloadModule(module)
      })
    },
  }
}
