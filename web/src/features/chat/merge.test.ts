import { describe, expect, it } from 'vitest'
import { announced, lastWithoutGap, merge } from './merge.ts'
import type { Message } from './types.ts'

const message = (seq: number, text = String(seq)): Message => ({ seq, kind: 'text', senderId: 'a', clientId: `c${seq}`, text, at: '2026-11-22T01:00:00.000Z', uploads: [], card: null })
const seqs = (items: Message[]) => items.map(item => item.seq)

describe('merging messages', () => {
  it('keeps each number once and in order, whatever comes first or twice', () => {
    expect(seqs(merge([message(2), message(3)], [message(5), message(1), message(3), message(4)]))).toEqual([1, 2, 3, 4, 5])
  })
  it('sees where something is missing', () => {
    expect(lastWithoutGap([message(4), message(5), message(7)])).toBe(5)
    expect(lastWithoutGap([])).toBe(0)
  })
  it('takes a message from its announcement only when it is whole', () => {
    expect(announced({ conversationId: 'x', seq: 3, kind: 'text', senderId: 'a', clientId: 'c3', text: '3', at: '2026-11-22T01:00:00.000Z' })).toEqual(message(3))
    expect(announced({ conversationId: 'x', seq: 3 })).toBeNull()
  })
})
