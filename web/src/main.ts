import './styles/main.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js'
import { createApp } from 'vue'
import App from './App.vue'
import { followNavigation } from './app/loading.ts'
import { router } from './app/router.ts'
import { i18n, showLocale } from './i18n/index.ts'
import { locale } from './lib/locale.ts'
import { queryClient } from './lib/query.ts'

// Of Nuxt UI's own plugin only the icons are needed: its colours are in styles/palette.css, its theme switch in lib/theme.ts.
const app = createApp(App).use(i18n).use(VueQueryPlugin, { queryClient }).use(icons)
followNavigation(router)
// Nothing is drawn before the texts are there; router, page and messages load side by side.
const ready = showLocale(locale.value)
app.use(router)
void ready.then(() => app.mount('#app'))
