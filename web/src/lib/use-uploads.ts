/** The files of one field: sent one after another as they are chosen, each with its progress, to be removed or tried again. */
import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { failureText } from './failure-text.ts'
import { newId } from './new-id.ts'
import { upload, type Upload } from './uploads.ts'

export type UploadItem = { key: string, name: string, share: number, failure: string | null, file: File }

/** `done` is the field's value; files on their way are in `sending`. */
export function useUploads(done: Ref<Upload[]>) {
  const sending = ref<UploadItem[]>([])
  const aborts = new Map<string, AbortController>()

  function change(key: string, values: Partial<UploadItem>): void {
    sending.value = sending.value.map(item => (item.key === key ? { ...item, ...values } : item))
  }
  function forget(key: string): void {
    aborts.get(key)?.abort()
    aborts.delete(key)
    sending.value = sending.value.filter(item => item.key !== key)
  }

  async function send(item: UploadItem): Promise<void> {
    const abort = new AbortController()
    aborts.set(item.key, abort)
    change(item.key, { share: 0, failure: null })
    try {
      const stored = await upload(item.file, { signal: abort.signal, onProgress: share => change(item.key, { share }) })
      done.value = [...done.value, stored]
      forget(item.key)
    } catch (error) {
      if (!abort.signal.aborted) change(item.key, { failure: failureText(error) })
    }
  }

  onScopeDispose(() => aborts.forEach(abort => abort.abort()))
  return {
    sending,
    busy: computed(() => sending.value.some(item => item.failure === null)),
    add(files: readonly File[]): void {
      const items = files.map(file => ({ key: newId(), name: file.name, share: 0, failure: null, file }))
      sending.value = [...sending.value, ...items]
      for (const item of items) void send(item)
    },
    retry: (item: UploadItem) => send(item),
    cancel: forget,
    remove: (id: string) => { done.value = done.value.filter(stored => stored.id !== id) },
  }
}
