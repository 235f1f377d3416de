import { afterAll, beforeAll, describe } from 'vitest'
import { crashConformance } from './conformance/crash.ts'
import { lifeConformance } from './conformance/life.ts'
import { oneTimeConformance } from './conformance/one-time.ts'
import { raceConformance } from './conformance/races.ts'
import { sessionConformance } from './conformance/sessions.ts'
import { signingKeyConformance } from './conformance/signing-keys.ts'
import { createSubject, type StorageUnderTest } from './conformance/subject.ts'
import { sweepConformance } from './conformance/sweep.ts'
import { userConformance } from './conformance/users.ts'

export type { StorageUnderTest } from './conformance/subject.ts'

/**
 * What every storage must show, in one process and in several. Call it in a test file of vitest.
 *
 * `LATCHKEY_SOAK_CODES` (default 200) is the number of codes that 64 callers in 4 processes race for; a soak
 * takes 1000000.
 *
 * @param makeStorage makes an empty database and says how to open it; called once for each part of the suite
 */
export function storageConformance(name: string, makeStorage: () => Promise<StorageUnderTest>): void {
  const part = (title: string, tests: typeof oneTimeConformance): void => {
    describe(title, () => {
      const subject = createSubject(makeStorage)
      beforeAll(subject.start)
      afterAll(subject.stop)
      tests(subject)
    })
  }

  describe(`storage on ${name}`, () => {
    part('one-time things', oneTimeConformance)
    part('users and identities', userConformance)
    part('sessions', sessionConformance)
    part('signing keys', signingKeyConformance)
    part('sweep', sweepConformance)
    part('life', lifeConformance)
    part('races', raceConformance)
    part('crashes', crashConformance)
  })
}
