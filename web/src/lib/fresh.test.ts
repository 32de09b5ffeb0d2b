import { QueryClient, QueryObserver } from '@tanstack/vue-query'
import { afterEach, expect, it } from 'vitest'
import { makeFresh } from './fresh.ts'

const client = new QueryClient()
afterEach(() => client.clear())

/** Something shown whose answers are given by hand, as the server's state at the time it was asked. */
function shown(key: unknown[]) {
  const waiting: (() => void)[] = []
  let state = 0
  const observer = new QueryObserver(client, { queryKey: key, queryFn: () => {
    const asked = state
    return new Promise<number>(resolve => { waiting.push(() => resolve(asked)) })
  } })
  const stop = observer.subscribe(() => {})
  return {
    change: () => { state++ }, answer: () => waiting.shift()?.(), stop,
    read: () => observer.getCurrentResult().data,
    asked: () => waiting.length,
  }
}
const rest = () => new Promise(resolve => setTimeout(resolve))

it('what changed while its first answer was on its way is asked for again', async () => {
  const matches = shown(['matching', 'matchesOf', { id: 'a' }])
  matches.change()
  void makeFresh(client, ['matching'])
  matches.answer()
  await rest()
  expect([matches.read(), matches.asked()]).toEqual([0, 1])
  matches.answer()
  await rest()
  expect([matches.read(), matches.asked()]).toEqual([1, 0])
  matches.stop()
})

it('what is there already is asked for once', async () => {
  const matches = shown(['matching', 'matchesOf'])
  matches.answer()
  await rest()
  matches.change()
  void makeFresh(client, ['matching'])
  await rest()
  matches.answer()
  await rest()
  expect([matches.read(), matches.asked()]).toEqual([1, 0])
  matches.stop()
})
