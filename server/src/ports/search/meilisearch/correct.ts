/** Which word was probably meant by a misspelt Latin one. */
import type { Meilisearch, MultiSearchQuery } from 'meilisearch'
import { editDistance } from '../analysis/edit-distance.ts'
import { isHanWord } from '../analysis/segment.ts'
import { guarded } from './client.ts'
import { quoted } from './filters.ts'
import type { Stored } from './search.ts'
import { attribute } from './settings.ts'
import type { Vocabulary } from '../analysis/synonyms.ts'

const correctedChars = 4
const corrections = 3
const readHits = 20

/** The text with its unknown Latin words replaced by the nearest that documents have; null if there is none. */
export async function correctionOf(client: Meilisearch, uid: string, { segmenter }: Vocabulary, text: string): Promise<string | null> {
  const typed = segmenter.forQuery(text).filter(({ surface }) => !isHanWord(surface) && surface.length >= correctedChars && /^[a-z]+$/.test(surface)).slice(0, corrections)
  let corrected = text
  for (const { surface, token } of typed) {
    const { results } = await guarded(() => client.multiSearch<{ queries: MultiSearchQuery[] }, Stored>({
      queries: [
        { indexUid: uid, q: quoted(token), page: 1, hitsPerPage: 0 },
        // Without quotes Meilisearch allows for typos.
        { indexUid: uid, q: surface, limit: readHits, attributesToRetrieve: [attribute.source], attributesToSearchOn: [attribute.A, attribute.B, attribute.C, attribute.D] },
      ],
    }))
    const [known, near] = results
    if ((known?.totalHits ?? 0) > 0) continue
    const allowed = surface.length < 8 ? 1 : 2
    const words = new Map<string, { edits: number; times: number }>()
    for (const hit of near?.hits ?? []) {
      for (const { surface: word } of segmenter.forQuery(Object.values(hit[attribute.source] ?? {}).join('\n'))) {
        if (!/^[a-z]+$/.test(word)) continue
        const edits = words.get(word)?.edits ?? editDistance(word, surface)
        if (edits <= allowed) words.set(word, { edits, times: (words.get(word)?.times ?? 0) + 1 })
      }
    }
    const [best] = [...words].sort(([, a], [, b]) => a.edits - b.edits || b.times - a.times)
    if (best !== undefined) corrected = corrected.replace(new RegExp(surface, 'i'), () => best[0])
  }
  return corrected === text ? null : corrected
}
