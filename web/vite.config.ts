import { fileURLToPath } from 'node:url'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { theme } from './src/theme.ts'
import { componentTypes } from './vite/component-types.ts'
import { compress } from './vite/compress.ts'
import { contractRoutes } from './vite/contract-routes.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const api = process.env['SERVER'] ?? 'http://localhost:3000'

export default defineConfig({
  root,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [
    vue(),
    ui({
      ui: theme,
      colorMode: false,
      // Own components and all functions are imported by hand, so that a file says what it uses.
      dts: false,
      autoImport: false,
      components: { dirs: [], dts: false },
      // Only the icons named in the sources, taken from the package: none is fetched.
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'] } } },
    }),
    contractRoutes(),
    componentTypes(root),
    compress(),
  ],
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: { target: 'es2022', manifest: true, chunkSizeWarningLimit: 700 },
  server: { port: 4200, proxy: { '/api': { target: api, ws: true } } },
  preview: { port: 4201, proxy: { '/api': { target: api, ws: true } } },
})
