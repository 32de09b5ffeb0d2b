import { sendLive } from '@/lib/live.ts'

/** The server hands it on at most this often. */
const EVERY_MS = 2_500

/** Tells the other one that something is being written. Lost while the line is down, which is no loss. */
export function useTypingSignal(conversationId: () => string): () => void {
  let saidAt = -Infinity
  return () => {
    const now = performance.now()
    if (now - saidAt < EVERY_MS) return
    saidAt = now
    sendLive({ type: 'chat.typing', conversationId: conversationId() })
  }
}
