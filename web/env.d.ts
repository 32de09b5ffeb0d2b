/// <reference types="vite/client" />

declare module 'virtual:routes' {
  /** Method, path below /api/v1, and 1 where the call needs an Idempotency-Key; by `feature.endpoint`. */
  export const routes: Record<string, [method: string, path: string, idempotent?: 1]>
}
