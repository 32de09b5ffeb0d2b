/** The part of the contract suite about changing an index while it is searched. */
import { describe, expect, it } from 'vitest'
import { manySamples, sampleIndex as index, samples } from './contract-samples.ts'
import { defineIndex, type SearchEngine } from './port.ts'

export function describeWrites(engine: () => SearchEngine): void {
  describe('writes', () => {
    const changing = defineIndex({ ...index, name: 'contract_writes' })
    const [first, second] = samples
    const only = async (): Promise<string[]> => {
      await engine().settled()
      return (await engine().query(changing, {})).hits.map(({ id }) => id).sort()
    }

    it('adds, replaces and removes, and forgets the suggestions of what is gone', async () => {
      if (first === undefined || second === undefined) throw new Error('The suite has no documents.')
      expect(await engine().declare(changing)).toEqual({ rebuild: true })
      await engine().rebuild(changing, [])
      expect(await engine().declare(changing)).toEqual({ rebuild: false })
      await engine().upsert(changing, [first, second])
      await engine().upsert(changing, [{ ...first, fields: { title: '包装设计' }, suggestions: [{ text: '包装设计', kind: 'title' }] }])
      expect(await only()).toEqual([first.id, second.id].sort())
      expect((await engine().query(changing, { text: '包装' })).total).toBe(1)
      expect((await engine().query(changing, { text: 'logo' })).total).toBe(0)
      expect(await engine().suggest(changing, 'logo')).toEqual([])
      await engine().remove(changing, [first.id, 'nobody'])
      expect(await only()).toEqual([second.id])
      expect(await engine().suggest(changing, '包装')).toEqual([])
    })

    it('takes writes of the same documents at the same time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => engine().upsert(changing, samples)))
      expect(await only()).toEqual(samples.map(({ id }) => id).sort())
      expect(await engine().suggest(changing, '海报', { kinds: ['skill'] })).toEqual([{ text: '海报', kind: 'skill', documents: 1 }])
    })

    it('rebuilds without a gap, and keeps what is written meanwhile', async () => {
      await engine().rebuild(changing, samples)
      let running = true
      let searches = 0
      const searching = (async () => {
        while (running) {
          const { total } = await engine().query(changing, { text: '海报' })
          expect(total).toBeGreaterThan(0)
          searches++
        }
      })()
      const added = manySamples(1)
      async function* slowly() {
        for (const document of samples) {
          yield document
          if (document.id === 'poster') await engine().remove(changing, ['video'])
          if (document.id === 'slides') await engine().upsert(changing, added)
        }
        yield* manySamples(1_000, '新的一批').slice(1)
      }
      expect(await engine().rebuild(changing, slowly())).toEqual({ documents: samples.length + 999 })
      await engine().settled()
      running = false
      await searching
      expect(searches).toBeGreaterThan(0)
      const { total } = await engine().query(changing, {})
      expect(total).toBe(samples.length - 1 + 1_000)
      expect((await engine().query(changing, { text: '剪辑' })).total).toBe(0)
      expect((await engine().query(changing, { text: '批量修图' })).hits[0]?.id).toBe('many-0000')
    })

    it('finds the names of skills, however a dictionary cuts them', async () => {
      await engine().rebuild(changing, samples.map((sample, place) => ({ ...sample, fields: { title: `第${place}号`, skills: ['剧本杀主持', '国风插画'] } })))
      await engine().settled()
      for (const text of ['剧本杀主持', '剧本杀', '国风插画', 'jubenshazhuchi']) expect((await engine().query(changing, { text })).total).toBe(samples.length)
      await engine().rebuild(changing, samples)
      await engine().settled()
    })

    it('keeps the old documents when a rebuild fails', async () => {
      const before = await only()
      async function* failing() {
        yield* samples
        throw new Error('The rows could not be read.')
      }
      await expect(engine().rebuild(changing, failing())).rejects.toThrow('The rows could not be read.')
      expect(await only()).toEqual(before)
    })

    it('allows one rebuild at a time', async () => {
      async function* nested() {
        yield* samples
        await expect(engine().rebuild(changing, [])).rejects.toMatchObject({ code: 'search.rebuild_running' })
      }
      await engine().rebuild(changing, nested())
    })

    it('asks for a rebuild when the declaration changes, and answers again after it', async () => {
      const next = defineIndex({ ...changing, version: 2 })
      expect(await engine().declare(next)).toEqual({ rebuild: true })
      await engine().rebuild(next, samples)
      expect((await engine().query(next, { text: '海报' })).total).toBeGreaterThan(0)
    })

    it('refuses an index that was never declared, and a document that does not fit', async () => {
      const unknown = defineIndex({ ...index, name: 'contract_unknown' })
      await expect(engine().query(unknown, {})).rejects.toMatchObject({ code: 'search.not_ready' })
      await expect(engine().upsert(index, [{ id: 'x', fields: {}, filters: { price: 1.5 }, sorts: {} }])).rejects.toMatchObject({ code: 'search.invalid_document' })
    })
  })
}
