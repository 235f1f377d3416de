import { expect, test } from 'vitest'
import { outage } from './failures.ts'
import { createUpstreams } from './index.ts'
import {
  handClock,
  issuer,
  json,
  metadataDocument,
  oauth2Provider,
  oidcProvider,
  outcomeOf,
  proof,
  scriptedFetch,
  settled,
} from './upstream.fixture.ts'

const discovery = `${issuer}/.well-known/openid-configuration`

test('providers by id, nothing fetched', () => {
  const { fetch, calls } = scriptedFetch({})
  const upstreams = createUpstreams([oidcProvider, oauth2Provider], {
    clock: handClock(),
    allowPrivate: false,
    fetch,
  })
  expect([...upstreams.keys()]).toEqual(['acme', 'legacy'])
  expect(upstreams.get('acme')?.protocol).toBe('oidc')
  expect(upstreams.get('legacy')?.protocol).toBe('oauth2')
  expect(calls).toEqual([])
})

test('R18: a provider whose discovery is broken breaks none of the others', async () => {
  const other = { ...oidcProvider, id: 'other', issuer: 'https://other.example' }
  const { fetch } = scriptedFetch({
    [discovery]: json({ ...metadataDocument, issuer: 'https://evil.example' }),
    'https://other.example/.well-known/openid-configuration': json({
      ...metadataDocument,
      issuer: 'https://other.example',
    }),
  })
  const upstreams = createUpstreams([oidcProvider, other], { clock: handClock(), allowPrivate: false, fetch })
  const start = (id: string) => outcomeOf(() => upstreams.get(id)?.authorizationUrl(proof))
  expect(await start('acme')).toBe('provider_error metadata_issuer')
  expect(await start('other')).toBe('none')
})

test('each provider has a breaker of its own', async () => {
  const other = { ...oauth2Provider, id: 'other', tokenEndpoint: 'https://other.example/token' }
  const { fetch } = scriptedFetch({
    [oauth2Provider.tokenEndpoint]: outage('timeout'),
    [other.tokenEndpoint]: json({ access_token: 'at', token_type: 'Bearer' }),
    [other.userinfoEndpoint]: json({ id: 1 }),
  })
  const upstreams = createUpstreams([oauth2Provider, other], {
    clock: handClock(),
    allowPrivate: false,
    fetch,
  })
  const signIn = async (id: string) => {
    const upstream = upstreams.get(id)
    const callback = await upstream?.readCallback(
      new URLSearchParams({ code: 'c', state: proof.state }),
      proof,
    )
    return callback && upstream?.exchange(callback, proof)
  }
  for (let count = 0; count < 5; count++) {
    expect(await outcomeOf(() => signIn('legacy'))).toBe('temporarily_unavailable timeout')
  }
  expect(await outcomeOf(() => signIn('legacy'))).toBe('temporarily_unavailable breaker_open')
  expect(await signIn('other')).toMatchObject({ subject: '1' })
})

test('what is wrong with a provider’s configuration shows at start', () => {
  const deps = { clock: handClock(), allowPrivate: false }
  expect(() => createUpstreams([{ ...oidcProvider, quirks: ['unheard-of'] }], deps)).toThrow(
    expect.objectContaining({ code: 'unknown_quirk' }),
  )
})

test('a renewal that fails behind the scenes is logged with the provider and the reason', async () => {
  const clock = handClock()
  const logged: unknown[] = []
  const op = scriptedFetch({ [discovery]: json(metadataDocument) })
  const upstreams = createUpstreams([oidcProvider], {
    clock,
    allowPrivate: false,
    fetch: op.fetch,
    logger: { warn: (fields) => logged.push(fields) },
  })
  await upstreams.get('acme')?.authorizationUrl(proof)
  op.answers[discovery] = json({}, 503)
  clock.forward(3_600_000)
  await upstreams.get('acme')?.authorizationUrl(proof)
  await settled()
  expect(logged).toEqual([expect.objectContaining({ provider: 'acme', reason: 'provider_5xx' })])
})
