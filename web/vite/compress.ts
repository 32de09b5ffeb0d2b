/** Writes a brotli and a gzip copy beside every file that gains by it; the server sends the one the browser takes. */
import { readFile, writeFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /\.(js|css|svg|html|json)$/
const SMALLEST_BYTES = 1024

export function compress(): Plugin {
  let folder = ''
  return {
    name: 'miaodan:compress',
    apply: 'build',
    configResolved: (config) => { folder = config.build.outDir },
    async closeBundle(error?: Error) {
      if (error) return
      const files = await readdir(folder, { recursive: true })
      await Promise.all(files.filter(file => COMPRESSIBLE.test(file)).map(async (file) => {
        const path = join(folder, file)
        const content = await readFile(path)
        if (content.length < SMALLEST_BYTES) return
        const [br, gz] = await Promise.all([
          promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
          promisify(gzip)(content, { level: 9 }),
        ])
        await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
      }))
    },
  }
}
