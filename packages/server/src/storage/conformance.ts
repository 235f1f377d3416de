import { afterAll, beforeAll, describe } from 'vitest'
import { accountRaceConformance } from './conformance/account-races.ts'
import { connectingConformance } from './conformance/connecting.ts'
import { connectionConformance } from './conformance/connections.ts'
import { crashConformance } from './conformance/crash.ts'
import { identityConformance } from './conformance/identities.ts'
import { lifeConformance } from './conformance/life.ts'
import { oneTimeConformance } from './conformance/one-time.ts'
import { outboxConformance } from './conformance/outbox.ts'
import { providerOutcomeConformance } from './conformance/provider-outcomes.ts'
import { quarantineConformance } from './conformance/quarantine.ts'
import { raceConformance } from './conformance/races.ts'
import { renewalConformance } from './conformance/renewal.ts'
import { sessionEndConformance } from './conformance/session-ends.ts'
import { sessionListConformance } from './conformance/session-lists.ts'
import { sessionConformance } from './conformance/sessions.ts'
import { signingKeyConformance } from './conformance/signing-keys.ts'
import { createSubject, type StorageUnderTest, type Subject } from './conformance/subject.ts'
import { sweepConformance } from './conformance/sweep.ts'
import { upstreamIdTokenConformance } from './conformance/upstream-id-token.ts'
import { userBeginningConformance } from './conformance/user-beginnings.ts'
import { userEndConformance } from './conformance/user-ends.ts'
import { userConformance } from './conformance/users.ts'
import { vaultCrashConformance } from './conformance/vault-crash.ts'
import { vaultKeyConformance } from './conformance/vault-keys.ts'
import { vaultRaceConformance } from './conformance/vault-races.ts'

export type { StorageUnderTest } from './conformance/subject.ts'

/**
 * What every storage must show, in one process and in several. Call it in a test file of vitest.
 *
 * `LATCHKEY_SOAK_CODES` is the number of codes that 64 callers in 4 processes race for; a soak takes 1000000.
 *
 * @param makeStorage makes an empty database and says how to open it; called once for each part of the suite
 * @param options `codes`: how many they race for otherwise, default 200. `inOneProcess`: leaves out what starts others,
 *   default `false`
 */
export function storageConformance(
  name: string,
  makeStorage: () => Promise<StorageUnderTest>,
  { codes = 200, inOneProcess = false } = {},
): void {
  const racedFor = Math.max(1, Number(process.env.LATCHKEY_SOAK_CODES ?? codes))
  /** The tests of one part, on a database of its own. */
  const prove = (tests: (subject: Subject) => void): void => {
    const subject = createSubject(makeStorage, racedFor)
    beforeAll(() => subject.start())
    afterAll(() => subject.stop())
    tests(subject)
  }

  describe(`storage on ${name}`, () => {
    describe('one-time things', () => {
      prove(oneTimeConformance)
    })
    describe('users and identities', () => {
      prove(userConformance)
    })
    describe('the beginning of a user', () => {
      prove(userBeginningConformance)
    })
    describe('further identities', () => {
      prove(identityConformance)
    })
    describe('the end of a user', () => {
      prove(userEndConformance)
    })
    describe('sessions', () => {
      prove(sessionConformance)
    })
    describe('ends of sessions', () => {
      prove(sessionEndConformance)
    })
    describe('the ID token that a session keeps', () => {
      prove(upstreamIdTokenConformance)
    })
    describe('lists of sessions', () => {
      prove(sessionListConformance)
    })
    describe('signing keys', () => {
      prove(signingKeyConformance)
    })
    describe('connections', () => {
      prove(connectionConformance)
    })
    describe('connecting', () => {
      prove(connectingConformance)
    })
    describe('renewal', () => {
      prove(renewalConformance)
    })
    describe('quarantine', () => {
      prove(quarantineConformance)
    })
    describe('outbox', () => {
      prove(outboxConformance)
    })
    describe('keys of the vault', () => {
      prove(vaultKeyConformance)
    })
    describe('outcomes at providers', () => {
      prove(providerOutcomeConformance)
    })
    describe('sweep', () => {
      prove(sweepConformance)
    })
    describe('life', () => {
      prove(lifeConformance)
    })
    if (inOneProcess) return
    describe('races', () => {
      prove(raceConformance)
    })
    describe('races for accounts', () => {
      prove(accountRaceConformance)
    })
    describe('races for tokens', () => {
      prove(vaultRaceConformance)
    })
    describe('crashes', () => {
      prove(crashConformance)
    })
    describe('crashes of the vault', () => {
      prove(vaultCrashConformance)
    })
  })
}
