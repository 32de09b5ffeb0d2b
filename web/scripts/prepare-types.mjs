/** Writes the type files that the type check reads and Vite makes (Nuxt UI's theme and components), without a build. */
import { resolveConfig } from 'vite'

await resolveConfig({ configFile: new URL('../vite.config.ts', import.meta.url).pathname, logLevel: 'error' }, 'build')
