/** Sending a file in, as a browser does. */
import type { TestPerson } from './people.ts'

export type TestFile = { name: string, bytes: Uint8Array<ArrayBuffer> }

export const smallPdf: TestFile = { name: 'final.pdf', bytes: new TextEncoder().encode('%PDF-1.7\n%%EOF') }

export async function upload(person: TestPerson, file: TestFile = smallPdf): Promise<{ id: string, url: string, sha256: string }> {
  const form = new FormData()
  form.set('file', new File([file.bytes], file.name))
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const answer = await person.inject({ method: 'POST', url: '/api/v1/uploads', headers: { 'content-type': request.headers.get('content-type') ?? '' }, payload: Buffer.from(await request.arrayBuffer()) })
  if (answer.statusCode !== 201) throw new Error(`The upload was answered ${answer.statusCode}: ${answer.body}`)
  return answer.json()
}
