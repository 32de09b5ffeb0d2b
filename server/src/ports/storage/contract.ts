/** What every storage adapter must do, on the real thing. */
import { createHash } from 'node:crypto'
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

    it('takes in and gives out a long stream without change, several at once', async () => {
      const storage = await open()
      const pieces = Array.from({ length: 24 }, (_, index) => Buffer.alloc(512 * 1024, index))
      const expected = createHash('sha256').update(Buffer.concat(pieces)).digest('hex')
      const keys = ['long/1', 'long/2']
      await Promise.all(keys.map(key => storage.put(key, Readable.from(pieces), { type: 'application/octet-stream' })))
      for (const key of keys) {
        const hash = createHash('sha256')
        for await (const chunk of await storage.get(key)) hash.update(chunk as Buffer)
        expect(hash.digest('hex')).toBe(expected)
      }
      const part = await buffer(await storage.get('long/2', { start: 17 * 512 * 1024 - 1, end: 17 * 512 * 1024 }))
      expect([...part]).toEqual([16, 17])
    })

    it('keeps nothing of a long stream that breaks', async () => {
      const storage = await open()
      const broken = Readable.from((async function * () {
        for (let count = 0; count < 24; count++) yield Buffer.alloc(512 * 1024)
        throw new Error('cut off')
      })())
      await expect(storage.put('long/broken', broken, { type: 'text/plain' })).rejects.toThrow('cut off')
      await expect(storage.get('long/broken')).rejects.toThrow(NotStoredError)
    })

    it('lets a reader stop in the middle', async () => {
      const storage = await open()
      await storage.put('left', Readable.from([Buffer.alloc(8 * 1024 * 1024)]), { type: 'text/plain' })
      for await (const chunk of await storage.get('left')) {
        expect((chunk as Buffer).length).toBeGreaterThan(0)
        break
      }
      expect((await buffer(await storage.get('left'))).length).toBe(8 * 1024 * 1024)
    })

    it('gives an address to download from, or none', async () => {
      const storage = await open()
      await storage.put('report.pdf', Readable.from(['交付']), { type: 'application/pdf' })
      const address = await storage.link('report.pdf', { name: '验收 报告.pdf', type: 'application/pdf', seconds: 60 })
      if (address === null) return
      const answer = await fetch(address)
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'application/pdf', `attachment; filename*=UTF-8''${encodeURIComponent('验收 报告.pdf')}`])
      expect(await answer.text()).toBe('交付')
      expect((await fetch(address.replace('report.pdf', 'long/1'))).status).toBe(403)
    })

    it('says that it serves', async () => {
      await expect((await open()).check()).resolves.toBeUndefined()
    })

    it('refuses keys that would leave it', async () => {
      const storage = await open()
      for (const key of ['../secret', '/etc/passwd', 'a/../../b', '', 'a//b', 'a\0b']) await expect(storage.get(key)).rejects.toThrow(RangeError)
    })
  })
}
