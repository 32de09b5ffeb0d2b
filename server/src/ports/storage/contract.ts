/** What every storage adapter must do. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { NotStoredError, type Storage } from './port.ts'

export function storageContract(name: string, open: () => Promise<Storage>): void {
  describe(`storage in ${name}`, () => {
    it('gives back what was put, whole and in part', async () => {
      const storage = await open()
      await storage.put('a/b-1.txt', Readable.from([Buffer.from('托管'), Buffer.from('-escrow')]), { type: 'text/plain' })
      expect((await buffer(await storage.get('a/b-1.txt'))).toString()).toBe('托管-escrow')
      expect((await buffer(await storage.get('a/b-1.txt', { start: 7, end: 12 }))).toString()).toBe('escrow')
    })

    it('keeps nothing of a stream that breaks', async () => {
      const storage = await open()
      const broken = Readable.from((async function * () {
        yield Buffer.from('half')
        throw new Error('cut off')
      })())
      await expect(storage.put('broken', broken, { type: 'text/plain' })).rejects.toThrow('cut off')
      await expect(storage.get('broken')).rejects.toThrow(NotStoredError)
    })

    it('says when nothing is there, and forgets what is removed', async () => {
      const storage = await open()
      await expect(storage.get('nothing')).rejects.toThrow(NotStoredError)
      await storage.put('gone', Readable.from(['x']), { type: 'text/plain' })
      await storage.remove('gone')
      await storage.remove('gone')
      await expect(storage.get('gone')).rejects.toThrow(NotStoredError)
    })

    it('refuses keys that would leave it', async () => {
      const storage = await open()
      for (const key of ['../secret', '/etc/passwd', 'a/../../b', '', 'a//b', 'a\0b']) await expect(storage.get(key)).rejects.toThrow(RangeError)
    })
  })
}
