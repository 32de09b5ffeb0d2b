import { describe, expect, it } from 'vitest'
import { entriesOf, rowsOf } from './rows.ts'
import type { Message, Pending } from './types.ts'

const at = (time: string) => `2026-11-${time}:00.000+08:00`
const message = (seq: number, senderId: string | null, time: string): Message => ({ seq, kind: senderId ? 'text' : 'system', senderId, clientId: `c${seq}`, text: String(seq), at: at(time), uploads: [], card: null })
const pending = (clientId: string, time: string): Pending => ({ clientId, text: 'x', uploads: [], at: at(time), state: 'sending', reason: null })
const kinds = (items: Message[], readSeq: number) => rowsOf(entriesOf(items, [], 'me'), 'me', readSeq).map(row => row.kind)

describe('rows of a thread', () => {
  it('begin each day with the day, and stand messages of one speaker together', () => {
    const rows = rowsOf(entriesOf([message(1, 'me', '21T10:00'), message(2, 'me', '21T10:02'), message(3, 'you', '21T10:03'), message(4, 'you', '22T09:00')], [], 'me'), 'me', 9)
    expect(rows.map(row => (row.kind === 'entry' ? [row.opens, row.closes] : row.kind))).toEqual(['day', [true, false], [false, true], [true, true], 'day', [true, true]])
  })
  it('draw one line above the first unread message of the other, not above one\'s own, a line or a first visit', () => {
    const items = [message(1, 'you', '22T10:00'), message(2, 'me', '22T10:01'), message(3, null, '22T10:02'), message(4, 'you', '22T10:03'), message(5, 'you', '22T10:04')]
    expect(kinds(items, 1)).toEqual(['day', 'entry', 'entry', 'line', 'unread', 'entry', 'entry'])
    expect(kinds(items, 5)).not.toContain('unread')
    expect(kinds(items, 0)).not.toContain('unread')
  })
  it('show a message on its way once, under the key it keeps when it is stored', () => {
    const [before] = entriesOf([], [pending('c1', '22T10:00')], 'me')
    const after = entriesOf([message(1, 'me', '22T10:00')], [pending('c1', '22T10:00')], 'me')
    expect(after.map(entry => entry.key)).toEqual([before?.key])
  })
})
