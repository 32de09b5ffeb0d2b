/**
 * The requirement that is being written. It saves itself: on this device at once, so that a tab may be closed in the middle of a word,
 * and for those who are signed in on the server a moment later, where only what has changed is sent; this device then forgets it. A
 * page opened without naming a draft goes on with what this device holds, else with the draft that was last written.
 */
import { computed, onScopeDispose, reactive, ref, toRaw, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, isProblem } from '@/lib/api.ts'
import { serverNow } from '@/lib/clock.ts'
import { wireMoney } from '@/lib/money.ts'
import { useSession } from '@/lib/session.ts'
import { recall, remember } from '@/lib/storage.ts'
import type { Upload } from '@/lib/uploads.ts'
import { OPEN_HOURS } from '@miaodan/shared/requirements/limits'
import type { RequirementDraft, RequirementPatch, Way } from '../types.ts'

const STORED = 'requirement-draft'
const SAVE_AFTER_MS = 800

const empty = (): RequirementDraft => ({
  way: 'quotes', category: null, title: '', background: '', details: '', checklist: [], budgetMin: null, budgetMax: null, price: null, deadline: null, area: 'all', skills: [], files: [],
  openHours: OPEN_HOURS.quotes[0], providerIds: [], serviceId: null,
})

/** What is sent: lines without a word are being typed, and not yet part of it. */
const cleaned = (draft: RequirementDraft): RequirementDraft => ({ ...structuredClone(toRaw(draft)), checklist: draft.checklist.map(line => line.trim()).filter(Boolean), skills: [...draft.skills], files: [...draft.files], providerIds: [...draft.providerIds] })

/** What this device holds that the server does not have yet; with an id the server has an older version of it. */
type Stored = { id: string | null, draft: Partial<RequirementDraft> }
function stored(): Stored | null {
  try {
    const text = recall(STORED)
    return text ? JSON.parse(text) as Stored : null
  } catch {
    return null
  }
}

/** A requirement stands in a category of the second level; a link may name one of the first. */
async function leafOf(slug: string | undefined): Promise<string | null> {
  if (!slug) return null
  const tree = await api.catalog.categories().catch(() => null)
  return tree?.items.some(parent => parent.children.some(child => child.slug === slug)) ? slug : null
}

const one = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export function useDraft() {
  const route = useRoute()
  const router = useRouter()
  const { viewer, known } = useSession()
  const draft = reactive(empty())
  const uploads = ref<Upload[]>([])
  const id = ref<string | null>(null)
  const ready = ref(false)
  const restored = ref(false)
  const failure = ref<unknown>(null)
  const savedAt = ref<number | null>(null)
  const saving = ref(false)
  let saved = JSON.stringify(cleaned(draft))
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> = Promise.resolve()

  function fill(values: Partial<RequirementDraft>): void {
    Object.assign(draft, values)
  }

  /** From a link: a sentence, or what a page already knows. */
  async function fromAddress(): Promise<boolean> {
    const { text, category, budget, by, provider, service } = route.query
    const given = [text, category, budget, by, provider, service].some(value => one(value))
    if (!given) return false
    const sentence = one(text)
    const read = sentence ? await api.requirements.read({ body: { text: sentence.slice(0, 500) } }).catch(() => null) : null
    if (sentence && read) fill({ title: read.title, category: read.category, budgetMin: read.budgetMin, budgetMax: read.budgetMax, deadline: read.deadline, background: read.title === sentence.trim() ? '' : sentence.trim() })
    else if (sentence) fill({ title: [...sentence].slice(0, 60).join('') })
    const fen = one(budget)
    fill({
      ...draft.category === null && { category: await leafOf(one(category)) }, ...draft.budgetMax === null && fen && /^[1-9]\d{0,11}$/.test(fen) && { budgetMax: wireMoney(BigInt(fen)) },
      ...draft.deadline === null && one(by) && { deadline: one(by)! }, ...one(provider) && { way: 'direct' as const, providerIds: [one(provider)!] }, ...one(service) && { serviceId: one(service)! },
    })
    return true
  }

  /** False when it is no draft any more. */
  async function load(draftId: string): Promise<boolean> {
    const requirement = await api.requirements.get({ params: { id: draftId } })
    if (!requirement.draft) return false
    id.value = draftId
    fill(requirement.draft)
    uploads.value = requirement.files
    saved = JSON.stringify(cleaned(draft))
    return true
  }

  /** The words this device holds, laid over the draft they belong to. */
  function fillFrom(local: Stored): void {
    fill({ ...local.draft, files: draft.files })
    restored.value = true
  }

  async function restore(): Promise<void> {
    const local = stored()
    const last = viewer.value && (local ? local.id : (await api.requirements.mine({ query: { section: 'draft', limit: 1 } })).items[0]?.id)
    if (last) {
      restored.value = await load(last).catch((error: unknown) => {
        if (isProblem(error, 'requirements.not_found')) return false
        throw error
      })
    }
    if (local && (local.id === null || local.id === id.value)) fillFrom(local)
    else if (viewer.value) remember(STORED, null)
    if (id.value !== null) await router.replace({ query: { ...route.query, draft: id.value } })
  }

  async function start(): Promise<void> {
    const wanted = one(route.query.draft)
    try {
      if (wanted && viewer.value) {
        if (!await load(wanted)) return void router.replace(`/requirements/${wanted}`)
        const local = stored()
        if (local?.id === wanted) fillFrom(local)
      } else if (!await fromAddress()) await restore()
    } catch (error) {
      failure.value = error
    }
    ready.value = true
    later()
  }
  watch(known, (now) => { if (now && !ready.value) void start() }, { immediate: true })

  async function save(): Promise<void> {
    const now = cleaned(draft)
    const text = JSON.stringify(now)
    if (!viewer.value) {
      savedAt.value = serverNow()
      return
    }
    if (text === saved) return
    saving.value = true
    try {
      if (id.value === null) {
        const made = await api.requirements.create({ body: now })
        id.value = made.id
        await router.replace({ query: { step: route.query.step, draft: made.id } })
      } else {
        const before = JSON.parse(saved) as RequirementDraft
        const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof RequirementDraft]))) as RequirementPatch
        await api.requirements.save({ params: { id: id.value }, body: changed })
      }
      saved = text
      savedAt.value = serverNow()
      failure.value = null
      // What was typed meanwhile is on its way in the next save.
      if (JSON.stringify(cleaned(draft)) === saved) remember(STORED, null)
    } catch (error) {
      failure.value = error
    } finally {
      saving.value = false
    }
  }

  /** One save at a time: a second one would not know the id the first is about to get. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    running = running.then(save)
    return running
  }

  watch(uploads, (list) => { draft.files = list.map(file => file.id) })
  function later(): void {
    if (!ready.value) return
    clearTimeout(timer)
    // A page that was only opened leaves no draft behind.
    const now = cleaned(draft)
    const text = JSON.stringify(now)
    if (id.value === null && text === JSON.stringify(empty())) return
    if (text !== saved) remember(STORED, JSON.stringify({ id: id.value, draft: now } satisfies Stored))
    timer = setTimeout(() => void flush(), SAVE_AFTER_MS)
  }
  watch([draft, () => viewer.value?.id], later, { deep: true })
  onScopeDispose(() => {
    if (ready.value && JSON.stringify(cleaned(draft)) !== saved && JSON.stringify(cleaned(draft)) !== JSON.stringify(empty())) void flush()
  })

  return {
    draft, uploads, id, ready, restored, failure, saving, savedAt, flush,
    onServer: computed(() => id.value !== null),
    chooseWay(way: Way): void {
      if (draft.way === way) return
      // The upper limit is the first thought of a fixed price.
      fill({ way, openHours: OPEN_HOURS[way][0], ...way === 'instant' && { price: draft.price ?? draft.budgetMax } })
    },
    startAfresh(): void {
      remember(STORED, null)
      id.value = null
      uploads.value = []
      fill(empty())
      saved = JSON.stringify(cleaned(draft))
      restored.value = false
      void router.replace({ query: {} })
    },
  }
}
export type Draft = ReturnType<typeof useDraft>
