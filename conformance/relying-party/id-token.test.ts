import { compose, faultTable, type IdTokenMutator, onAnswer, withClaims, withHeader } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDpopKey } from '../support/dpop.ts'
import { provedToken, redemptionOf } from '../support/spa.ts'
import { otherTrailingBits } from '../support/spellings.ts'
import { reasonLogged, subjectsOf } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom({
    configure: ({ hostile, steady }) => ({
      providers: {
        oidc: hostile.oidc,
        elliptic: { ...hostile.oidc, id_token_algorithms: ['ES256'] },
        silent: { ...hostile.oidc, quirks: ['nonce-not-echoed'] },
        other: steady.oidc,
      },
    }),
  })
})
beforeEach(() => room.fresh())
afterAll(() => room?.close())

/** Signs in under a mutator of the ID token. */
async function under(mutator: IdTokenMutator, kind = 'oidc', changes: Record<string, string> = {}) {
  room.hostile.faults.always('id_token', mutator)
  const trip = await takeTrip(room, kind, { changes })
  return trip.ending === 'code' ? 'code' : reasonLogged(room, trip.requestId)
}

describe('times, to the second, with 60 seconds of tolerance', () => {
  const at = (claim: string, offset: number, more: Record<string, number> = {}) =>
    withClaims((_, { now }) => ({
      [claim]: now + offset,
      ...Object.fromEntries(Object.entries(more).map(([name, by]) => [name, now + by])),
    }))

  it.each<[string, IdTokenMutator, string | undefined]>([
    ['exp 59 s ago', at('exp', -59), 'code'],
    ['exp 60 s ago', at('exp', -60), 'id_token_expired'],
    ['exp 61 s ago', at('exp', -61), 'id_token_expired'],
    ['iat in 60 s', at('iat', 60), 'code'],
    ['iat in 61 s', at('iat', 61), 'id_token_time'],
    ['nbf in 60 s', at('nbf', 60), 'code'],
    ['nbf in 61 s', at('nbf', 61), 'id_token_time'],
    ['exp with a fraction', withClaims((_, { now }) => ({ exp: now - 59.5 })), 'code'],
    ['exp null', withClaims({ exp: null }), 'id_token_time'],
    ['exp true', withClaims({ exp: true }), 'id_token_time'],
    ['exp before the epoch', withClaims({ exp: -1 }), 'id_token_time'],
    ['iat as a string', withClaims((claims) => ({ iat: String(claims.iat) })), 'id_token_time'],
    ['nbf as a string', withClaims((claims) => ({ nbf: String(claims.iat) })), 'id_token_time'],
    ['nbf null', withClaims({ nbf: null }), 'id_token_time'],
  ])('R12 %s', async (_, mutator, outcome) => expect(await under(mutator)).toBe(outcome))

  it.each<[string, number, string]>([
    ['as old as asked for', -300, 'code'],
    ['a minute older', -360, 'code'],
    ['older than that', -361, 'id_token_auth_time'],
    ['from the future', 61, 'id_token_auth_time'],
  ])('R14 auth_time %s', async (_, offset, outcome) => {
    expect(await under(at('auth_time', offset), 'oidc', { max_age: '300' })).toBe(outcome)
  })
})

describe('issuer, audience, nonce: the very string', () => {
  const changed = (claim: string, change: (value: string) => unknown) =>
    withClaims((claims) => ({ [claim]: change(String(claims[claim])) }))

  it.each<[string, IdTokenMutator, string]>([
    ['R10 iss with a query', changed('iss', (iss) => `${iss}?`), 'id_token_issuer'],
    ['R10 iss with a fragment', changed('iss', (iss) => `${iss}#`), 'id_token_issuer'],
    [
      'R10 iss by another name of the host',
      changed('iss', (iss) => iss.replace('localhost', '127.0.0.1')),
      'id_token_issuer',
    ],
    ['R10 iss with a space', changed('iss', (iss) => `${iss} `), 'id_token_issuer'],
    ['R10 iss in an array', changed('iss', (iss) => [iss]), 'id_token_issuer'],
    [
      'R10 19 iss of the other configured provider',
      withClaims(() => ({ iss: room.steady.issuer })),
      'id_token_issuer',
    ],
    ['R11 aud in other letters', changed('aud', (aud) => aud.toUpperCase()), 'id_token_audience'],
    ['R11 aud as part of a longer one', changed('aud', (aud) => `${aud} more`), 'id_token_audience'],
    ['R11 aud empty', withClaims({ aud: [] }), 'id_token_audience'],
    ['R11 aud in an array of arrays', changed('aud', (aud) => [[aud]]), 'id_token_audience'],
    ['R11 aud an object', withClaims({ aud: { 0: 'test-client', length: 1 } }), 'id_token_audience'],
    ['R11 azp null', withClaims({ azp: null }), 'id_token_authorized_party'],
    ['R11 azp an array', withClaims({ azp: ['test-client'] }), 'id_token_authorized_party'],
    ['R05 nonce in an array', changed('nonce', (nonce) => [nonce]), 'id_token_nonce'],
    ['R05 nonce empty', withClaims({ nonce: '' }), 'id_token_nonce'],
    ['R05 nonce null', withClaims({ nonce: null }), 'id_token_nonce'],
    ['R05 X14 nonce with padding', changed('nonce', (nonce) => `${nonce}=`), 'id_token_nonce'],
    ['R12 sub null', withClaims({ sub: null }), 'id_token_subject'],
    ['R12 sub of 256 characters', withClaims({ sub: 'x'.repeat(256) }), 'subject_malformed'],
    ['R12 sub with a line break', withClaims({ sub: 'x\ny' }), 'subject_malformed'],
    ['R12 sub with half a character', withClaims({ sub: 'x\ud800' }), 'subject_malformed'],
    ['R07 at_hash null', withClaims({ at_hash: null }), 'id_token_access_token'],
    ['R07 at_hash of the whole hash', withClaims({ at_hash: 'A'.repeat(43) }), 'id_token_access_token'],
  ])('%s', async (_, mutator, reason) => expect(await under(mutator)).toBe(reason))

  it('R05 takes the nonce of this journey alone, not of one that runs beside it', async () => {
    let first: unknown
    const crossed = withClaims((claims) => {
      first ??= claims.nonce
      return { nonce: first }
    })
    expect(await under(crossed)).toBe('code')
    expect(await under(crossed)).toBe('id_token_nonce')
  })
})

describe('a provider that is known not to echo the nonce', () => {
  it('R04 R05 6 may leave it out, since PKCE binds the code; a wrong one is refused all the same', async () => {
    expect(await under(faultTable.id_token['missing-nonce'].fault, 'silent')).toBe('code')
    expect(await under(faultTable.id_token['wrong-nonce'].fault, 'silent')).toBe('id_token_nonce')
    expect(await under(withClaims({ nonce: '' }), 'silent')).toBe('id_token_nonce')
    expect(await under(faultTable.id_token['missing-nonce'].fault, 'oidc')).toBe('id_token_nonce')
  })

  it('R04 R05 cannot be without PKCE as well: nothing starts', async () => {
    const started = openRoom({
      configure: ({ hostile }) => ({
        providers: { oidc: { ...hostile.oidc, pkce: 'none', quirks: ['nonce-not-echoed'] } },
      }),
    })
    await expect(started).rejects.toMatchObject({ code: 'invalid_config' })
  })
})

describe('signature', () => {
  it.each(['none', 'HS256', 'RS1', 'ES256K', ''])(
    'R08 %j cannot be configured: nothing starts',
    async (alg) => {
      const started = openRoom({
        configure: ({ hostile }) => ({
          providers: {
            oidc: JSON.parse(JSON.stringify({ ...hostile.oidc, id_token_algorithms: ['RS256', alg] })),
          },
        }),
      })
      await expect(started).rejects.toMatchObject({ code: 'invalid_config' })
    },
  )

  it('R07 R08 (oidcc-client-test-idtoken-sig-rs256) RS256 is taken, where nothing else is configured', async () => {
    expect(await under((draft) => draft)).toBe('code')
  })

  it('R08 what is signed well, but not by an algorithm that is configured, is refused', async () => {
    expect(await under((draft) => draft, 'elliptic')).toBe('id_token_algorithm')
  })

  it('R08 52 a key set without alg does not let the token choose', async () => {
    for (const name of ['hs256-public-pem', 'hs256-public-jwk', 'other-algorithm', 'alg-none'] as const) {
      room.clock.advance(25 * 3_600_000)
      room.hostile.faults.always('jwks', 'no-alg')
      const outcome = await under(faultTable.id_token[name].fault)
      // PS256 with a key that does not say what it is for is a choice of the provider's, and a sound one.
      expect(outcome, name).toBe(name === 'other-algorithm' ? 'code' : 'id_token_algorithm')
    }
  })

  it('R07 (oidcc-client-test-kid-absent-multiple-jwks) without kid, each published key is tried', async () => {
    await room.hostile.rotateKey()
    await room.hostile.rotateKey()
    room.clock.advance(25 * 3_600_000)
    expect(await under(faultTable.id_token['missing-kid'].fault)).toBe('code')
    expect(
      await under(
        compose(faultTable.id_token['missing-kid'].fault, faultTable.id_token['foreign-key'].fault),
      ),
    ).toBe('id_token_signature')
  })

  it.each<[string, IdTokenMutator]>([
    ['kid a number', withHeader({ kid: 1 })],
    ['kid of 10 KB', withHeader({ kid: 'k'.repeat(10_240) })],
    ['kid "constructor"', withHeader({ kid: 'constructor' })],
    ['kid an object', withHeader({ kid: { toString: 'x' } })],
    ['alg in lower case', withHeader({ alg: 'rs256' })],
    ['alg missing', withHeader({ alg: undefined })],
    ['alg an array', withHeader({ alg: ['RS256'] })],
    ['crit empty', withHeader({ crit: [] })],
    ['b64 false', withHeader({ b64: false, crit: ['b64'] })],
  ])('R08 R09 X12 a header with %s is no way in and no way to an error', async (_, mutator) => {
    room.hostile.faults.always('id_token', mutator)
    const trip = await takeTrip(room, 'oidc')
    expect(trip.ending).toBe('provider_error')
    expect(reasonLogged(room, trip.requestId)).toMatch(/^id_token_/)
  })

  it.each<[string, (jwt: string) => string]>([
    ['five parts', (jwt) => `${jwt}.AAAA.AAAA`],
    ['two parts', (jwt) => jwt.split('.').slice(0, 2).join('.')],
    ['padding', (jwt) => `${jwt}==`],
    ['other trailing bits', otherTrailingBits],
    ['a space in front', (jwt) => ` ${jwt}`],
    ['1 MB of claims', (jwt) => jwt.replace(/\..*\./, `.${'A'.repeat(500_000)}.`)],
    [
      'a claim set that is an array',
      (jwt) => jwt.replace(/\..*\./, `.${Buffer.from('[]').toString('base64url')}.`),
    ],
    ['a header that is no JSON', (jwt) => jwt.replace(/^[^.]*/, 'AAAA')],
  ])('R07 X14 55 a token with %s is refused', async (_, change) => {
    const genuine = await takeGenuine()
    expect(await under(() => change(genuine))).toMatch(/^id_token_|^token_malformed$/)
  })

  /** A token as the provider would send it, for another journey: right but for the nonce. */
  async function takeGenuine(): Promise<string> {
    let taken = ''
    room.hostile.faults.next(
      'token',
      onAnswer((answer) => {
        taken = String(answer.members.id_token)
        return answer
      }),
    )
    expect((await takeTrip(room, 'oidc')).ending).toBe('code')
    return taken
  }

  it('R05 a whole token of an earlier journey is refused for its nonce alone', async () => {
    const genuine = await takeGenuine()
    expect(await under(() => genuine)).toBe('id_token_nonce')
  })
})

describe('userinfo', () => {
  it('R15 R32 22 the account is the ID token’s; what userinfo adds counts when it is about the same one', async () => {
    room.hostile.faults.always('id_token', terse)
    expect(await claimsOf('oidc')).toMatchObject({
      name: 'Ada Quinn',
      email: 'ada@example.com',
      email_verified: true,
    })
  })

  it.each<[string, unknown, unknown]>([
    ['true', true, true],
    ['false', false, false],
    ['the string "true"', 'true', false],
    ['the string "false"', 'false', false],
    ['1', 1, false],
    ['null', null, false],
    ['an object', {}, false],
    ['nothing', undefined, false],
  ])('R32 22 email_verified is true for the boolean true alone: %s', async (_, said, verified) => {
    room.hostile.faults.always('id_token', withClaims({ email_verified: said }))
    expect(await claimsOf('oidc')).toMatchObject({ email: 'ada@example.com', email_verified: verified })
    expect(await subjectsOf(room, room.hostile.issuer)).toContain('fake-user-ada')
  })

  it('R15 R32 an address from userinfo does not borrow the ID token’s word', async () => {
    room.hostile.faults.always('id_token', compose(terse, withClaims({ email_verified: true })))
    room.hostile.faults.always('userinfo', 'email-verified-string')
    expect(await claimsOf('oidc')).toMatchObject({ email: 'ada@example.com', email_verified: false })
  })

  /** What our own userinfo says of somebody who has just signed in. */
  async function claimsOf(kind: string): Promise<unknown> {
    const trip = await takeTrip(room, kind)
    const key = await createDpopKey(room.clock.now)
    const { body } = await provedToken(room.spa, key, redemptionOf(room.spa, trip))
    const accessToken = String(body.access_token)
    const url = `${room.issuer}/userinfo`
    const response = await fetch(url, {
      headers: {
        Authorization: `DPoP ${accessToken}`,
        DPoP: await key.proof({ htm: 'GET', htu: url, accessToken }),
      },
    })
    return response.json()
  }
})

it('X06 left no secret in the log', () => expectNoSecretLogged(room))
