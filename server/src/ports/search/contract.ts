/** What every search engine must do. An adapter's test calls it with a way to open the engine on the real service. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileTexts, manySamples, sampleIndex as index, samples } from './contract-samples.ts'
import { describeWrites } from './contract-writes.ts'
import { defineIndex, searchLimits, type Hit, type Query, type SearchEngine } from './port.ts'

export type OpenedEngine = { engine: SearchEngine; close(): Promise<void> }

export function searchContract(name: string, open: () => Promise<OpenedEngine>): void {
  describe(`search contract: ${name}`, () => {
    let opened: OpenedEngine
    const engine = (): SearchEngine => opened.engine

    beforeAll(async () => {
      opened = await open()
      await engine().declare(index)
      await engine().rebuild(index, samples)
      await engine().settled()
    })
    afterAll(() => opened.close())

    const find = (text: string, query: Query<typeof index> = {}) => engine().query(index, { text, ...query })
    const idsOf = async (text: string, query: Query<typeof index> = {}): Promise<string[]> => (await find(text, query)).hits.map(({ id }) => id)

    describe('words', () => {
      it.each([
        ['汉字', '海报', 'poster'],
        ['a compound', '海报设计', 'poster'],
        ['Latin and Chinese in one', 'logo设计', 'logo'],
        ['Chinese and Latin in one', '小程序UI', 'miniProgramDesign'],
        ['full width', 'ＬＯＧＯ', 'logo'],
        ['traditional characters', '海報設計', 'poster'],
        ['traditional characters of another word', '視頻剪輯', 'video'],
        ['pinyin', 'haibao', 'poster'],
        ['pinyin of several words', 'haibaosheji', 'poster'],
        ['pinyin with spaces', 'jianji zimu', 'video'],
        ['pinyin and Latin', 'logosheji', 'logo'],
        ['initials', 'xcx', 'miniProgram'],
        ['initials of several words of a title', 'hbsj', 'poster'],
        ['initials of three words', 'hdhbsj', 'poster'],
        ['initials after a Latin word', 'pptmh', 'slides'],
        ['a synonym', '幻灯片', 'slides'],
        ['English for Chinese', 'translation', 'translation'],
        ['English of several words', 'mini program', 'miniProgram'],
        ['Chinese for English', '演唱会海报', 'englishPoster'],
        ['a plural', 'posters', 'englishPoster'],
        ['a name with signs', 'node.js', 'miniProgram'],
        ['a single character', '译', 'translation'],
        ['words of the description', '抖音竖屏', 'video'],
        ['filler around the words', '帮我做一个海报', 'poster'],
      ])('finds by %s: %s', async (_, text, id) => {
        expect(await idsOf(text)).toContain(id)
      })

      it('corrects a misspelt word, says so, and searches it as typed when asked to', async () => {
        const corrected = await find('ilustration')
        expect(corrected.hits[0]?.id).toBe('englishPoster')
        expect(corrected.correction).toBe('illustration')
        const typed = await find('ilustration', { correct: false })
        expect(typed).toMatchObject({ total: 0, correction: null })
      })

      it.each(['postre', 'potser', 'pster', 'pooster', 'pozter', 'postr'])('corrects %s to poster', async (text) => {
        expect(await find(text)).toMatchObject({ correction: 'poster', hits: [{ id: 'englishPoster' }, { id: 'poster' }, {}] })
      })

      it.each(['lgoo', 'lofo', 'llogo'])('finds logo by %s', async (text) => {
        expect(await find(text)).toMatchObject({ correction: 'logo', hits: [{ id: 'logo' }] })
      })

      it('puts a title before a description', async () => {
        const ids = await idsOf('海报')
        expect(ids[0]).toBe('poster')
        expect(ids.at(-1)).toBe('miniProgram')
      })

      it('leaves words out rather than finding nothing, and says so', async () => {
        const result = await find('海报 量子计算')
        expect(result.hits[0]?.id).toBe('poster')
        expect(result.relaxed).toBe(true)
      })

      it('finds nothing for a word that nobody wrote', async () => {
        expect(await find('潜水艇')).toMatchObject({ total: 0, hits: [] })
      })

      it('takes no text as everything', async () => {
        expect((await find('')).total).toBe(samples.length)
      })
    })

    describe('filters, facets and order', () => {
      it.each<[string, NonNullable<Query<typeof index>['filters']>, string[]]>([
        ['a keyword', { category: 'web' }, ['miniProgram', 'miniProgramDesign']],
        ['one of several keywords', { category: ['video', 'slides'] }, ['slides', 'video']],
        ['any of a set', { skills: ['Figma', 'PPT'] }, ['miniProgramDesign', 'slides']],
        ['all of a set', { skills: { all: ['小程序', 'Figma'] } }, ['miniProgramDesign']],
        ['a range of integers', { price: { min: 30_000n, max: 80_000n } }, ['englishPoster', 'poster', 'slides']],
        ['an exact integer', { price: 20_000n }, ['video']],
        ['a decimal', { rating: { min: 4.65 } }, ['slides']],
        ['a boolean', { online: true, category: 'brand' }, ['englishPoster', 'logo']],
        ['a time', { publishedAt: { min: new Date('2026-01-07') } }, ['slides', 'translation']],
        ['bounds beyond 64 bits', { price: { min: -(10n ** 30n), max: 10n ** 30n }, category: 'video' }, ['video']],
        ['an empty list, which is no condition', { category: [], price: 20_000n }, ['video']],
        ['a value that nobody has', { category: 'nowhere' }, []],
      ])('filters by %s', async (_, filters, ids) => {
        expect((await idsOf('', { filters })).sort()).toEqual(ids)
      })

      it('counts a facet without its own filter, and the others with it', async () => {
        const { facets, total } = await find('设计', { filters: { category: 'brand', online: true }, facets: { values: ['category', 'online'] } })
        expect(total).toBe(1)
        expect(facets['category']).toEqual({ brand: 1, web: 1 })
        expect(facets['online']).toEqual({ true: 1, false: 1 })
      })

      it('shows a chosen value that is left with nothing', async () => {
        const { facets } = await find('海报', { filters: { category: 'video' }, facets: { values: ['category'] } })
        expect(facets['category']).toMatchObject({ brand: 2, video: 0 })
      })

      it('counts values of sets', async () => {
        const { facets } = await find('', { facets: { values: ['skills'] } })
        expect(facets['skills']).toMatchObject({ 小程序: 2, Photoshop: 2, Figma: 1 })
      })

      it('counts a histogram without its own filter', async () => {
        const { histograms, total } = await find('', { filters: { price: { max: 25_000n } }, facets: { histograms: { price: [50_000n, 200_000n] } } })
        expect(total).toBe(1)
        expect(histograms['price']).toEqual({
          min: 20_000n,
          max: 900_000n,
          buckets: [{ from: null, to: 50_000n, count: 3 }, { from: 50_000n, to: 200_000n, count: 2 }, { from: 200_000n, to: null, count: 2 }],
        })
      })

      it.each(['asc', 'desc'] as const)('sorts %s with unknown values last', async (direction) => {
        const ids = await idsOf('', { sort: { by: 'price', direction } })
        expect(ids.at(direction === 'asc' ? 0 : -2)).toBe('video')
        expect(ids.at(-1)).toBe('translation')
      })

      it('refuses what the definition does not declare', async () => {
        const wrong = [{ filters: { colour: 'red' } }, { facets: { values: ['colour'] } }, { sort: { by: 'colour', direction: 'asc' } }, { highlight: ['colour'] }]
        for (const query of wrong) await expect(find('海报', query as never)).rejects.toMatchObject({ code: 'search.unknown_field' })
      })
    })

    describe('pages', () => {
      const many = defineIndex({ ...index, name: 'contract_pages' })
      beforeAll(async () => {
        await engine().declare(many)
        await engine().rebuild(many, manySamples(530))
      })

      it.each<[string, Query<typeof many>]>([
        ['by relevance', { text: '修图' }],
        ['by price', { sort: { by: 'price', direction: 'asc' } }],
        ['without a text', {}],
      ])('shows every hit once to the end, %s', async (_, query) => {
        const seen: string[] = []
        for (let offset = 0; offset < 600; offset += 100) {
          const page = await engine().query(many, { ...query, offset, limit: 100 })
          expect(page.total).toBe(530)
          seen.push(...page.hits.map(({ id }) => id))
        }
        expect(seen).toHaveLength(530)
        expect(new Set(seen).size).toBe(530)
      })

      it.each([1e9, searchLimits.depth, Number.MAX_SAFE_INTEGER, Number.NaN, -5])('answers a page that starts at %d', async (offset) => {
        const page = await engine().query(many, { text: '修图', offset })
        expect(page.total).toBe(530)
        expect(page.hits).toHaveLength(offset > 530 ? 0 : 20)
      })

      it('gives no more than the largest page, and counts alone when no hit is wanted', async () => {
        expect((await engine().query(many, { limit: 5_000 })).hits).toHaveLength(searchLimits.pageSize)
        expect(await engine().query(many, { limit: 0 })).toMatchObject({ total: 530, hits: [] })
      })
    })

    describe('highlights', () => {
      const shown = (hit: Hit | undefined, field: string): string => (hit?.highlights[field] ?? []).map(({ text, hit: isHit }) => (isHit ? `[${text}]` : text)).join('')

      it('marks words as they are written', async () => {
        const { hits } = await find('logo设计', { highlight: ['title', 'provider'] })
        const logo = hits.find(({ id }) => id === 'logo')
        expect(shown(logo, 'title')).toContain('[LOGO设计]')
        expect(logo?.highlights).not.toHaveProperty('provider')
      })

      it('marks what pinyin and synonyms found', async () => {
        const { hits } = await find('haibao', { highlight: ['title'] })
        expect(shown(hits.find(({ id }) => id === 'poster'), 'title')).toBe('活动[海报]设计')
      })
    })

    describe('suggestions', () => {
      it.each([
        ['汉字', '海', '海报'],
        ['a later word', '剪辑', '短视频剪辑与字幕'],
        ['pinyin', 'haib', '海报'],
        ['initials', 'xcx', '小程序'],
        ['Latin', 'photo', 'Photoshop'],
        ['mixed', 'logosh', 'LOGO设计'],
        ['traditional', '海報', '海报'],
        ['initials of several words', 'hbsj', '活动海报设计'],
        ['a typo', 'photoshpo', 'Photoshop'],
        ['a letter too many', 'pooster', 'Concert poster illustration'],
        ['exchanged letters', 'lgoo', 'LOGO设计'],
        ['a wrong letter', 'pozter', 'Concert poster illustration'],
      ])('completes %s: %s', async (_, prefix, text) => {
        expect((await engine().suggest(index, prefix)).map((each) => each.text)).toContain(text)
      })

      it('says what each is and how many documents carry it, and gives only the kinds asked for', async () => {
        expect(await engine().suggest(index, '小程序', { kinds: ['skill'] })).toEqual([{ text: '小程序', kind: 'skill', documents: 2 }])
      })
    })

    it('finds similar documents, without the document itself', async () => {
      const hits = await engine().similar(index, 'miniProgram')
      expect(hits[0]?.id).toBe('miniProgramDesign')
      expect(hits.map(({ id }) => id)).not.toContain('miniProgram')
      expect(await engine().similar(index, 'nobody')).toEqual([])
    })

    describe('hostile strings', () => {
      it.each(hostileTexts)('answers %j', async (text) => {
        const result = await find(text, { highlight: ['title', 'description'], facets: { values: ['category'] }, filters: { category: [] } })
        expect(result.total).toBeGreaterThanOrEqual(0)
        expect(await engine().suggest(index, text)).toBeInstanceOf(Array)
        expect(await engine().similar(index, text)).toEqual([])
        await find('', { filters: { category: text, skills: [text] } })
      })

      it('stores documents made of them', async () => {
        const hostile = defineIndex({ ...index, name: 'contract_hostile' })
        await engine().declare(hostile)
        await engine().rebuild(hostile, [])
        await engine().upsert(hostile, hostileTexts.map((text, place) => ({
          id: `hostile-${place}`,
          fields: { title: text, description: text, skills: [text] },
          filters: { category: text, skills: [text] },
          sorts: {},
          suggestions: [{ text, kind: 'title' }],
        })))
        await engine().settled()
        expect((await engine().query(hostile, {})).total).toBe(hostileTexts.length)
      })
    })

    describeWrites(engine)
  })
}
