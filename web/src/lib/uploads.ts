/** Sends one file with progress. XMLHttpRequest, because fetch does not tell how much has been sent. */
import type { api } from './api.ts'
import { API_BASE } from './api.ts'
import type { AnswerOf } from './api-types.ts'
import { locale } from './locale.ts'
import { NetworkFailure, problemFrom } from './problem.ts'

export type Upload = AnswerOf<typeof api.uploads.create>

/** `onProgress` gets the share sent, 0 to 1. Rejects with ApiProblem, NetworkFailure, or an AbortError. */
export function upload(file: File, options: { onProgress?: (share: number) => void, signal?: AbortSignal } = {}): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${API_BASE}/uploads`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', locale.value)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      const answer = { status: request.status, statusText: request.statusText, json: async () => JSON.parse(request.responseText) as unknown }
      if (request.status >= 200 && request.status < 300) answer.json().then(value => resolve(value as Upload), reject)
      else problemFrom(answer).then(reject, reject)
    })
    request.addEventListener('error', () => reject(new NetworkFailure()))
    request.addEventListener('abort', () => reject(new DOMException('upload cancelled', 'AbortError')))
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
