import 'vue-router'
import type { Permission } from '@miaodan/shared/kernel/access'

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the document's title, `orders.title`. */
    title: string
    access: 'anyone' | 'user' | 'provider' | 'staff'
    /** With `access: 'staff'`: which job the page is for. */
    needs?: Permission
    /** public: with footer · work: dense header for people at work · staff: back office · none: the page brings its own. */
    shell: 'public' | 'work' | 'staff' | 'none'
    /** Features whose messages the page needs beside its own (that of its route file). */
    messages?: string[]
    /** `false` where the page has a bar of its own at the bottom of the phone. */
    bottomBar?: boolean
  }
}
