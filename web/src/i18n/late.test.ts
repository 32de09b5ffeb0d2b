import { expect, test, vi } from 'vitest'
import { computed, effect } from 'vue'
import { showLocale, translate } from './index.ts'

vi.stubGlobal('document', { documentElement: {} })

test('what was drawn before its texts had come is drawn again with them', async () => {
  await showLocale('en')
  const title = computed(() => translate('orders.title'))
  const drawn: string[] = []
  effect(() => { drawn.push(title.value) })
  expect(drawn).toEqual([''])
  await vi.waitFor(() => expect(drawn.at(-1)).toBe('My orders'))
})
