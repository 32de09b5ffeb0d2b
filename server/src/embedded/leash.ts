/**
 * Loaded before a child process's own program (`node --import`): when the parent is gone, also by SIGKILL, its channel
 * closes and the child ends as if it had been asked to.
 */
const PATIENCE_MS = 10_000

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), PATIENCE_MS).unref()
})
// The channel alone must not keep the child running.
process.channel?.unref()
