/** Talking in tests, through the API as a browser does. */
import type { LightMyRequestResponse } from 'fastify'
import type { ApiMessage } from './chat-client.ts'
import type { TestPerson } from './people.ts'

export type SendBody = { clientId?: string, text?: string, uploadIds?: string[], subject?: { kind: string, id: string } }

export async function startConversation(one: TestPerson, other: TestPerson): Promise<string> {
  return (await one.inject({ method: 'POST', url: '/api/v1/conversations', payload: { userId: other.userId } })).json().id
}

let sent = 0
export function sendMessage(person: TestPerson, conversationId: string, body: SendBody): Promise<LightMyRequestResponse> {
  return person.inject({ method: 'POST', url: `/api/v1/conversations/${conversationId}/messages`, payload: { clientId: `test-message-${++sent}`, ...body } })
}

export async function readMessages(person: TestPerson, conversationId: string, query: Record<string, number> = {}): Promise<ApiMessage[]> {
  const search = new URLSearchParams({ limit: '100', ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])) })
  return (await person.inject({ url: `/api/v1/conversations/${conversationId}/messages?${search}` })).json().items
}
