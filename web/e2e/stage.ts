/** What a journey stands on: a system, a browser, and people who are signed in without having to show how. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { signedIn, type SignedIn } from './signed-in.ts'

type Stage = {
  system: System
  browser: Browser
  people: SignedIn
  /** Somebody in front of the product, signed in where there is a cookie. */
  open(name: string, cookie: string | null, look?: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<Person>
}

/** Call it once a file. What it answers is there from `beforeAll` on, and gone after the last test. */
export function useStage(): Stage {
  const stage = {
    async open(name, cookie, look = {}) {
      const person = await openPerson(stage.browser, { name, url: stage.system.url, ...look })
      if (cookie !== null) await person.context.addCookies([{ name: 'md_session', value: cookie, url: stage.system.url }])
      return person
    },
  } as Stage
  beforeAll(async () => {
    stage.people = await signedIn()
    stage.system = await startSystem(stage.people.environment)
    stage.browser = await launchBrowser()
  })
  afterAll(async () => {
    await stage.browser?.close()
    await stage.people?.close()
    await stage.system?.stop()
  })
  return stage
}
