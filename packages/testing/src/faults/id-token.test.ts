import { createHmac, X509Certificate } from 'node:crypto'
import { createLocalJWKSet, importJWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { isObject, membersOf, quietProvider, signIn, standingClock, takeApart } from '../flow.fixture.ts'
import {
  compose,
  type FakeProvider,
  type FaultName,
  faultTable,
  type IdTokenMutator,
  withClaims,
  withHeader,
  withoutClaims,
} from '../index.ts'
import { generateSigningKey } from '../keys/signing-key.ts'

const rsa = await generateSigningKey('RS256')
const ec = await generateSigningKey('ES256')

interface Seen {
  provider: FakeProvider
  idToken: unknown
  header: Record<string, unknown>
  claims: Record<string, unknown>
  signature: string
  now: number
}

const play = async (fault: FaultName<'id_token'> | IdTokenMutator, key = rsa): Promise<Seen> => {
  const clock = standingClock()
  const provider = await quietProvider({ clock, signingKey: key.privateKey })
  provider.faults.next('id_token', fault)
  const { id_token } = await signIn(provider, { max_age: '60' })
  const whole = typeof id_token === 'string' && id_token.startsWith('ey')
  const parts = whole ? takeApart(id_token) : { header: {}, claims: {}, signature: '' }
  return { provider, idToken: id_token, now: clock.now() / 1000, ...parts }
}

const published = async (provider: FakeProvider) => {
  const { keys } = await membersOf(await provider.fetch(provider.endpoints.jwks))
  return createLocalJWKSet({ keys: Array.isArray(keys) ? keys : [] })
}

/** The signature is good: whatever is wrong, it is not that. */
const genuine = async ({ provider, idToken }: Seen) => {
  const verified = jwtVerify(String(idToken), await published(provider), { currentDate: new Date(0) })
  await verified.catch((error: unknown) => {
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_JW[ST]_(CLAIM|EXPIRED|INVALID)/) })
  })
}

const forged = async ({ provider, idToken }: Seen) => {
  const verified = jwtVerify(String(idToken), await published(provider), { currentDate: new Date(0) })
  await expect(verified).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' })
}

const claim =
  (expected: (seen: Seen) => Record<string, unknown>) =>
  async (seen: Seen): Promise<void> => {
    expect(seen.claims).toMatchObject(expected(seen))
    await genuine(seen)
  }

const lacks =
  (name: string) =>
  async (seen: Seen): Promise<void> => {
    expect(seen.claims).not.toHaveProperty(name)
    expect(seen.claims).toHaveProperty(name === 'sub' ? 'iss' : 'sub')
    await genuine(seen)
  }

const hmac =
  (secret: (provider: FakeProvider) => string) =>
  ({ provider, idToken, header }: Seen) => {
    expect(header.alg).toBe('HS256')
    const [first, second, signature] = String(idToken).split('.')
    const expected = createHmac('sha256', secret(provider)).update(`${first}.${second}`).digest('base64url')
    expect(signature).toBe(expected)
  }

/** Good under the key that the header offers, and under no published one. */
const strangers = async (seen: Seen, jwk: unknown) => {
  await forged(seen)
  if (!isObject(jwk)) throw new TypeError('no key')
  await jwtVerify(String(seen.idToken), await importJWK(jwk, 'RS256'), { currentDate: new Date(0) })
}

const hour = 3600

const looks: Record<FaultName<'id_token'>, (seen: Seen) => void | Promise<void>> = {
  'alg-none': ({ header, signature }) =>
    expect([header, signature]).toEqual([{ alg: 'none', typ: 'JWT' }, '']),
  'alg-none-mixed-case': ({ header, signature }) => expect([header.alg, signature]).toEqual(['nOnE', '']),
  'hs256-public-pem': hmac(() => rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  'hs256-public-jwk': hmac(() => JSON.stringify(rsa.publicJwk)),
  'hs256-client-secret': hmac((provider) => provider.oidc.client_secret ?? ''),
  'other-algorithm': async ({ idToken, header }) => {
    expect(header.alg).toBe('PS256')
    const key = await importJWK({ ...rsa.publicJwk, alg: 'PS256' }, 'PS256')
    await jwtVerify(String(idToken), key, { currentDate: new Date(0) })
  },
  'bad-signature': forged,
  'empty-signature': async (seen) => {
    expect([seen.header.alg, seen.signature]).toEqual(['RS256', ''])
    await forged(seen)
  },
  'foreign-key': async (seen) => {
    expect(seen.header.kid).toBe(rsa.kid)
    await forged(seen)
  },
  'wrong-kid': ({ header }) => expect(header.kid).toMatch(/^unknown-.{43}$/),
  'missing-kid': async (seen) => {
    expect(seen.header).not.toHaveProperty('kid')
    await genuine(seen)
  },
  'kid-path': ({ header }) => expect(header.kid).toBe('../../../../dev/null'),
  'jwk-header': (seen) => strangers(seen, seen.header.jwk),
  'jku-header': async (seen) => {
    const { keys } = await membersOf(await seen.provider.fetch(String(seen.header.jku)))
    await strangers(seen, Array.isArray(keys) ? keys[0] : undefined)
    expect(seen.provider.requests.to('elsewhere')).toHaveLength(1)
  },
  'x5u-header': async (seen) => {
    const pem = await (await seen.provider.fetch(String(seen.header.x5u))).text()
    await strangers(seen, new X509Certificate(pem).publicKey.export({ format: 'jwk' }))
    expect(seen.provider.requests.to('elsewhere')).toHaveLength(1)
  },
  'x5c-header': async (seen) => {
    const [first] = Array.isArray(seen.header.x5c) ? seen.header.x5c : []
    const certificate = new X509Certificate(Buffer.from(String(first), 'base64'))
    await strangers(seen, certificate.publicKey.export({ format: 'jwk' }))
  },
  'unknown-crit': ({ header }) => {
    expect(header.crit).toEqual(['urn:example:must-understand'])
    expect(header).toHaveProperty('urn:example:must-understand')
  },
  'wrong-iss': claim(() => ({ iss: 'https://issuer.example' })),
  'iss-suffix': claim(({ provider }) => ({ iss: `${provider.issuer}1` })),
  'iss-trailing-slash': claim(({ provider }) => ({ iss: `${provider.issuer}/` })),
  'iss-upper-case': claim(() => ({ iss: 'HTTPS://PROVIDER.TEST' })),
  'missing-iss': lacks('iss'),
  'wrong-aud': claim(() => ({ aud: 'another-client' })),
  'missing-aud': lacks('aud'),
  'aud-array': claim(() => ({ aud: ['test-client'] })),
  'extra-aud': async (seen) => {
    await claim(() => ({ aud: ['test-client', 'another-client'] }))(seen)
    expect(seen.claims).not.toHaveProperty('azp')
  },
  'extra-aud-azp': claim(() => ({ aud: ['test-client', 'another-client'], azp: 'test-client' })),
  'wrong-azp': claim(() => ({ aud: 'test-client', azp: 'another-client' })),
  'own-azp': claim(() => ({ aud: 'test-client', azp: 'test-client' })),
  expired: claim(({ now }) => ({ iat: now - 2 * hour, exp: now - hour })),
  'missing-exp': lacks('exp'),
  'exp-string': claim(({ now }) => ({ exp: String(now + hour) })),
  'missing-iat': lacks('iat'),
  'future-iat': claim(({ now }) => ({ iat: now + hour, exp: now + 2 * hour })),
  'future-nbf': claim(({ now }) => ({ nbf: now + hour, iat: now })),
  'missing-sub': lacks('sub'),
  'empty-sub': claim(() => ({ sub: '' })),
  'sub-number': claim(() => ({ sub: 1001 })),
  'other-sub': claim(() => ({ sub: 'fake-somebody-else' })),
  'missing-nonce': lacks('nonce'),
  'wrong-nonce': claim(() => ({ nonce: 'not-the-nonce-that-was-sent' })),
  'wrong-at-hash': async (seen) => {
    const good = (await play((draft) => draft)).claims.at_hash
    expect(seen.claims.at_hash).toHaveLength(22)
    expect(seen.claims.at_hash).not.toBe(good)
    await genuine(seen)
  },
  'missing-at-hash': lacks('at_hash'),
  'old-auth-time': claim(({ now }) => ({ auth_time: now - 24 * hour })),
  'missing-auth-time': lacks('auth_time'),
  'email-verified-string': claim(() => ({ email_verified: 'true' })),
  'missing-id-token': ({ idToken }) => expect(idToken).toBeUndefined(),
  garbage: ({ idToken }) => expect(idToken).toBe('not.a.jwt'),
  'typ-access-token': async (seen) => {
    expect(seen.header.typ).toBe('at+jwt')
    await genuine(seen)
  },
}

const rows = Object.entries<(seen: Seen) => void | Promise<void>>(looks)

test.each(rows)('R05 to R12, R14 %s', async (name, check) => {
  await check(await play(name as FaultName<'id_token'>))
})

test('the faults of the signature work for ES256 as well', async () => {
  const of = (name: FaultName<'id_token'>) => play(name, ec)
  for (const name of ['bad-signature', 'foreign-key', 'jwk-header', 'x5c-header'] as const)
    await forged(await of(name))
  expect((await of('other-algorithm')).header.alg).toBe('ES384')
  expect((await of('hs256-public-pem')).header.alg).toBe('HS256')
})

test('R17: wrong-kid is another one in each token', async () => {
  const provider = await quietProvider()
  provider.faults.always('id_token', 'wrong-kid')
  const kids = new Set<unknown>()
  for (let i = 0; i < 20; i++) kids.add(takeApart((await signIn(provider)).id_token).header.kid)
  expect(kids.size).toBe(20)
})

describe('mutators', () => {
  test('compose: in order, each seeing what the one before left', async () => {
    const { header, claims } = await play(
      compose(
        withClaims({ a: 1, nonce: undefined }),
        withClaims((before, { now }) => ({ b: before.a, seen: now })),
        withHeader({ typ: 'x' }),
        withoutClaims('email', 'name'),
      ),
    )
    expect(claims).toMatchObject({ a: 1, b: 1, seen: standingClock().now() / 1000 })
    for (const gone of ['nonce', 'email', 'name']) expect(claims).not.toHaveProperty(gone)
    expect(header.typ).toBe('x')
  })

  test('compose: what replaces the token ends the line', async () => {
    const { idToken } = await play(
      compose(
        () => 'text',
        () => {
          throw new Error('not reached')
        },
      ),
    )
    expect(idToken).toBe('text')
  })

  test('are pure: each named fault leaves a frozen draft alone and gives the same twice', () => {
    const header = Object.freeze({ alg: 'ES256', kid: ec.kid })
    const claims = Object.freeze({ iss: 'https://i.example', exp: 1 })
    const draft = Object.freeze({ header, claims, key: Object.freeze({ kind: 'private', key: ec } as const) })
    const context = { issuer: 'https://i.example', clientId: 'c', now: 0, key: ec }
    const whole = { ...context, stranger: () => ec, elsewhere: (name: string) => name }
    for (const [name, { fault }] of Object.entries(faultTable.id_token)) {
      // Only the certificate holds an ECDSA signature, which is another one each time.
      if (name !== 'x5c-header') expect(fault(draft, whole), name).toEqual(fault(draft, whole))
    }
  })
})
