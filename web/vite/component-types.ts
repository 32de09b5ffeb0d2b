/**
 * Writes the types of Nuxt UI's components for templates (`<UButton>`), all of them and in one order, so that the type check of a fresh
 * checkout does not depend on which pages have been built before.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

export function componentTypes(root: string): Plugin {
  return {
    name: 'miaodan:component-types',
    configResolved() {
      const components = join(root, 'node_modules/@nuxt/ui/dist/runtime/components')
      const names = readdirSync(components).filter(file => file.endsWith('.vue')).map(file => file.slice(0, -4)).sort()
      const folder = join(root, 'node_modules/.nuxt-ui')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'components.d.ts'), [
        'export {}',
        "declare module 'vue' {",
        '  export interface GlobalComponents {',
        ...names.filter(name => name !== 'Link' && name !== 'Icon').map(name => `    U${name}: typeof import('@nuxt/ui/components/${name}.vue')['default']`),
        "    UIcon: typeof import('@nuxt/ui/runtime/vue/components/Icon.vue')['default']",
        "    ULink: typeof import('@nuxt/ui/components/Link.vue')['default']",
        '  }',
        '}',
        '',
      ].join('\n'))
    },
  }
}
