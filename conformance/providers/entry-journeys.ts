import { type Entry, quirksOf, rulesFor } from '@latchkey/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectAt, disconnect, errorAt, handedOut, identify, isConnectOnly, works } from './journeys.ts'
import { openStage, type Stage } from './stage.ts'

const rulesOf = (entry: Entry) =>
  rulesFor(
    quirksOf(entry).map(({ name }) => name),
    entry.wire,
  )

/** What the provider's word on an address comes to, and whether there is one. */
export function mailOf(entry: Entry) {
  const { identity } = entry
  const rule = rulesOf(entry).emailVerified
  if (!('subject' in identity)) return { email: 'ada@example.com', email_verified: rule !== 'never' }
  const { email, emails, emailVerified: said } = identity
  if (email === undefined && emails === undefined) return {}
  const known = typeof said === 'object' ? said.known === 'always' : typeof said === 'string'
  const verified = emails === undefined ? known && rule !== 'never' : emails.verified !== undefined || known
  return { email: 'ada@example.com', email_verified: rule === 'always' || verified }
}

/** Whether a token that is over is renewed. */
const isRenewable = (entry: Entry): boolean =>
  entry.refresh.issued !== 'no' || rulesOf(entry).refreshExchange !== undefined

const endless = (entry: Entry): boolean =>
  entry.refresh.neverExpires === true || rulesOf(entry).zeroExpiry === 'never'

/** Every one of them, configured by its id alone, from sign-in to disconnecting; at one server and one fake provider. */
export function playEach(entries: readonly Entry[]): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(entries, (provider) =>
      Object.fromEntries(
        entries.map(
          ({ id, signInOnly }) =>
            [id, { ...provider.played(id).settings, connect: signInOnly !== true }] as const,
        ),
      ),
    )
  })
  afterAll(() => stage?.close())

  describe.each(entries.map((entry) => ({ id: entry.id, entry })))('$id', ({ id, entry }) => {
    it.skipIf(isConnectOnly(entry))('signs in', async () => {
      const { email, verified, identity, user } = await identify(stage, id)
      expect(identity).toMatchObject({ provider: id, subject: stage.provider.played(id).subjectOf('user') })
      expect(user.accessToken.split('.')).toHaveLength(3)
      const mail = mailOf(entry)
      expect({ email, verified }).toEqual({ email: mail.email, verified: mail.email_verified })
    })

    it.skipIf(entry.signInOnly === true)('connects, hands out, renews, and revokes', async () => {
      const played = stage.provider.played(id)
      const { clock } = stage.server
      let connection = await connectAt(stage, id)
      const subject = entry.identity.from === 'nothing' ? 'unidentified' : played.subjectOf('user')
      const { keepFromCallback, keepFromToken, issuerTemplate } = rulesOf(entry)
      // Where each tenant has an issuer of its own, a subject is one of the tenant's.
      const tenant = issuerTemplate === undefined ? [] : [expect.stringMatching(/^[0-9a-f-]{36}$/)]
      expect(connection.account.subject.split('/')).toEqual([...tenant, ...subject.split('/')])
      const first = await handedOut(stage, connection.id)
      expect(first).toMatchObject({ status: 200 })
      expect(await works(stage, id, first.token)).toBe(true)
      expect(Object.keys(Object(first.body.provider_data))).toEqual(
        expect.arrayContaining([...keepFromCallback, ...keepFromToken]),
      )

      if (endless(entry)) {
        clock.advance(365 * 86_400_000)
        const later = await handedOut(stage, connection.id)
        expect([later.status, await works(stage, id, later.token)]).toEqual([200, true])
      } else if (isRenewable(entry)) {
        let before = first
        for (let times = entry.refresh.rotates === true ? 2 : 1; times > 0; times--) {
          clock.advance((before.expiresAt ?? 0) - clock.now() - 1000)
          const next = await handedOut(stage, connection.id)
          expect(next).toMatchObject({ status: 200 })
          expect(next.token).not.toBe(before.token)
          clock.advance(2000)
          expect([await works(stage, id, before.token), await works(stage, id, next.token)]).toEqual([
            false,
            true,
          ])
          before = next
        }
      } else {
        clock.advance((first.expiresAt ?? 0) - clock.now())
        expect(await handedOut(stage, connection.id)).toMatchObject({ status: 409 })
        connection = await connectAt(stage, id)
      }

      const last = await handedOut(stage, connection.id)
      expect(await works(stage, id, last.token)).toBe(true)
      const revokes = entry.endpoints.revocation !== undefined
      expect(await disconnect(stage, connection.id)).toBe(revokes ? true : 'unsupported')
      expect(await works(stage, id, last.token)).toBe(!revokes)
    })

    it('is told of a person who says no', async () => {
      stage.provider.autoApprove('denies')
      const error = errorAt(stage, entry)
      await error.finally(() => stage.provider.autoApprove('user'))
      expect(await error).toBe('access_denied')
    })

    it('is told of an error at the token endpoint', async () => {
      stage.provider.faults.next('token', 'invalid-grant')
      const error = errorAt(stage, entry)
      await error.finally(() => stage.provider.faults.clear())
      expect(await error).toBe('provider_error')
    })
  })
}
