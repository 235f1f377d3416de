// Every entry of the catalogue that speaks OAuth 1.0a, configured by its id alone, and what OAuth 1.0a has that none of them
// uses, described by hand: from sign-in to disconnecting, at one server and one fake provider.
import type { Entry, OAuth1 } from '@latchkey/providers'
import type { FaultPoint, PlayedSettings } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailOf } from './entry-journeys.ts'
import { connectAt, disconnect, errorAt, identify, isConnectOnly } from './journeys.ts'
import { asksItself, proxied, type Signed, signed } from './signed-requests.ts'
import { openStage, type Stage, signedEntries } from './stage.ts'

/** One that the catalogue does not have. */
const described = (id: string, oauth1: OAuth1, changes: Partial<Entry> = {}): Entry => ({
  ...{ id, name: 'Made Up', protocol: 'oauth1', domains: ['made-up.example'], localhost: 'unknown' },
  endpoints: {
    requestToken: 'https://made-up.example/request_token',
    authorization: 'https://made-up.example/authorize?lang=en',
    token: 'https://made-up.example/access_token?format=form',
    userinfo: 'https://made-up.example/me?fields=id,email%20address',
  },
  identity: {
    ...{ from: 'userinfo', subject: ['account.id', 'account.realm'], name: 'account.name' },
    ...{ email: 'account.email', emailVerified: 'account.checked' },
  },
  refresh: { issued: 'no', neverExpires: true },
  ...{ oauth1, links: {}, verified: { degree: 'sources', on: '2026-11', sources: 0 } },
  ...changes,
})

const scopes = { separator: ';', signIn: ['read', 'write'], connect: ['read', 'write', 'sell'] } as const

const byHand: readonly Entry[] = [
  described('by-sha256', {
    signatureMethod: 'HMAC-SHA256',
    requestTokenParams: { x_access: "it's (read) & write*" },
  }),
  described('by-plaintext', { signatureMethod: 'PLAINTEXT' }),
  described(
    'by-rsa',
    { signatureMethod: 'RSA-SHA1', scope: { parameter: 'scope', at: 'request-token' } },
    { scopes },
  ),
  described(
    'by-version-10',
    { signatureMethod: 'PLAINTEXT', unsafeVersion10: true, scope: { parameter: 's', at: 'authorization' } },
    { scopes, authorizeParams: { display: 'popup' } },
  ),
]

/** As somebody writes it. */
const written = ({ oauth1, scopes: asked, authorizeParams }: Entry, settings: PlayedSettings): object => ({
  ...{ ...settings, type: 'oauth1', connect: true, signature_method: oauth1?.signatureMethod },
  ...(oauth1?.unsafeVersion10 && { sign_in: false, unsafe_version_10: true }),
  ...(oauth1?.requestTokenParams && { request_token_params: oauth1.requestTokenParams }),
  ...(oauth1?.scope && { scope_parameter: oauth1.scope }),
  ...(asked && { scopes: asked.signIn, connect_scopes: asked.connect, scope_separator: asked.separator }),
  ...(authorizeParams && { authorize_params: authorizeParams }),
  subject: ['account.id', 'account.realm'],
  profile: { name: 'account.name', email: 'account.email', email_verified: 'account.checked' },
})

let stage: Stage
beforeAll(async () => {
  stage = await openStage([...signedEntries, ...byHand], (provider) => ({
    ...Object.fromEntries(
      signedEntries.map(({ id }) => [id, { ...provider.played(id).settings, connect: true }]),
    ),
    ...Object.fromEntries(
      byHand.map((entry) => [entry.id, written(entry, provider.played(entry.id).settings)]),
    ),
  }))
})
afterAll(() => stage?.close())

const faults: readonly [FaultPoint, 'unknown-consumer' | 'other-token' | 'http-401'][] = [
  ['request_token', 'unknown-consumer'],
  ['oauth1_callback', 'other-token'],
  ['access_token', 'unknown-consumer'],
  ['userinfo', 'http-401'],
]

it('there are some', () => expect(signedEntries.length).toBeGreaterThanOrEqual(13))

describe.each([...signedEntries, ...byHand].map((entry) => ({ id: entry.id, entry })))(
  '$id',
  ({ id, entry }) => {
    it.skipIf(isConnectOnly(entry))('R01 signs in', async () => {
      const { email, verified, identity } = await identify(stage, id)
      expect(identity).toMatchObject({ provider: id, subject: stage.provider.played(id).subjectOf('user') })
      const mail = mailOf(entry)
      expect({ email, verified }).toEqual({ email: mail.email, verified: mail.email_verified })
    })

    it('V03 connects, signs what services send, and is disconnected', async () => {
      const { api, subjectOf, grants, entry: played } = stage.provider.played(id)
      const connection = await connectAt(stage, id)
      const subject = entry.identity.from === 'nothing' ? 'unidentified' : subjectOf('user')
      expect(connection.account.subject).toBe(subject)
      const [grant] = grants({ persona: 'user' }).slice(-1)
      const asked = entry.oauth1?.scope === undefined ? [] : (played.scopes?.connect ?? played.scopes?.signIn)
      expect(grant?.scope).toEqual(asked)

      const form = new URLSearchParams({ status: "It's (fine) & more*", empty: '' })
      const url = `${api}/items?b=2&a=1%202&a=%C3%BC`
      const seen: Signed = { method: 'POST', form: [...form], account: 'fake-user-ada' }
      expect(await proxied(stage, connection.id, url, form)).toMatchObject({ status: 200, body: seen })
      const answer = await signed(stage, connection.id, url, form)
      if (entry.oauth1?.signatureMethod === 'PLAINTEXT') expect(answer.status).toBe(400)
      else expect(await asksItself(url, form, answer)).toMatchObject({ status: 200, body: seen })

      const seconds = entry.refresh.accessTokenSeconds
      stage.server.clock.advance(((seconds ?? 365 * 86_400) - 1) * 1000)
      expect((await proxied(stage, connection.id, url, form)).status).toBe(200)
      stage.server.clock.advance(2000)
      const after = await proxied(stage, connection.id, url, form)
      expect(after.status).toBe(seconds === undefined ? 200 : 409)

      expect(await disconnect(stage, connection.id)).toBe('unsupported')
      expect((await signed(stage, connection.id, url, form)).status).toBe(404)
    })

    it('is told of a person who says no', async () => {
      stage.provider.autoApprove('denies')
      const error = errorAt(stage, entry)
      await error.finally(() => stage.provider.autoApprove('user'))
      expect(await error).toBe('access_denied')
    })

    const asked = faults.filter(([point]) => point !== 'userinfo' || entry.endpoints.userinfo !== undefined)
    it.each(asked)('is told of an error at %s', async (point, fault) => {
      stage.provider.faults.next(point, fault)
      const error = errorAt(stage, entry)
      await error.finally(() => stage.provider.faults.clear())
      expect(await error).toBe('provider_error')
    })
  },
)
