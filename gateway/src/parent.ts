import { fstatSync } from 'node:fs'

/**
 * Calls back when whoever started us has gone, even by SIGKILL: then the operating system closes its end of the
 * IPC channel or of the pipe at our standard input. A terminal or /dev/null at standard input tells nothing and is left alone.
 */
export function onParentGone(callback: () => void): void {
  if (process.connected) process.once('disconnect', callback)
  if (!isPipe()) return
  process.stdin.once('close', callback)
  process.stdin.once('error', callback)
  process.stdin.resume()
}

function isPipe(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}
