import { describe, expect, test } from 'vitest'
import { createOidcUpstream } from './oidc.ts'
import {
  goodClaims,
  handClock,
  issuer,
  json,
  metadataDocument,
  oidcProvider,
  outcomeOf,
  proof,
  rsaKey,
  scriptedFetch,
} from './upstream.fixture.ts'

const key = rsaKey('k1')
const clock = handClock()
const { token_endpoint, jwks_uri } = metadataDocument
const user = (name: unknown, more = {}) =>
  JSON.stringify({ name, email: 'forged@example.com', sub: 'forged', ...more })
const ann = user({ firstName: 'Ann', lastName: 'Example' })

/** A provider that tells the name by way of the browser, as Apple does. */
function apple(claims: object = { name: undefined }, change: Partial<typeof oidcProvider> = {}) {
  const id_token = key.sign({ alg: 'RS256', kid: 'k1' }, goodClaims(clock, claims))
  const { userinfo_endpoint: _none, ...metadata } = metadataDocument
  const op = scriptedFetch({
    [`${issuer}/.well-known/openid-configuration`]: json(metadata),
    [jwks_uri]: json({ keys: [key.publicJwk] }),
    [token_endpoint]: json({ access_token: 'at', token_type: 'Bearer', id_token }),
  })
  const provider = {
    ...oidcProvider,
    quirks: ['name-only-on-first-login'],
    responseMode: 'form_post' as const,
  }
  const upstream = createOidcUpstream(
    { ...provider, ...change },
    { fetch: op.fetch, clock, allowPrivate: false, onBackgroundFailure: () => undefined },
  )
  const signIn = async (posted?: string) => {
    const form = { code: 'c', state: proof.state, ...(posted !== undefined && { user: posted }) }
    return upstream.exchange(await upstream.readCallback(new URLSearchParams(form), proof), proof)
  }
  return { ...op, signIn }
}

describe('name-only-on-first-login', () => {
  test('name-only-on-first-login: the name is taken, and nothing else of it', async () => {
    const op = apple()
    expect(await op.signIn(ann)).toMatchObject({
      ...{ subject: 'u-1', name: 'Ann Example', email: 'ann@example.com', label: 'ann@example.com' },
    })
    const sent = op.calls.find(({ url }) => url === token_endpoint)
    expect(sent?.form.has('user')).toBe(false)
  })

  test('name-only-on-first-login: later it is silent, which says nothing of the name', async () => {
    const { name, unheard } = await apple().signIn()
    expect([name, unheard]).toEqual([undefined, ['name']])
    expect(await apple().signIn(ann)).not.toHaveProperty('unheard')
  })

  test('name-only-on-first-login: what is signed comes first', async () => {
    expect(await apple({ name: 'Signed' }).signIn(ann)).toMatchObject({ name: 'Signed' })
  })

  test('name-only-on-first-login: no other provider has it', async () => {
    expect((await apple(undefined, { quirks: [] }).signIn(ann)).name).toBeUndefined()
    expect((await apple(undefined, { responseMode: 'query' }).signIn(ann)).name).toBeUndefined()
  })

  test.each<[string, string, string | undefined]>([
    ['one half', user({ firstName: 'Ann' }), 'Ann'],
    ['controls', user({ firstName: 'A\u202en\nn', lastName: ' ' }), 'A n n'],
    ['much of it', user({ firstName: 'A'.repeat(900) }), 'A'.repeat(200)],
    ['too much of it', user({ firstName: 'A'.repeat(1_000) }), undefined],
    ['no JSON', 'Ann', undefined],
    ['a list', '["Ann"]', undefined],
    ['text', '"Ann"', undefined],
    ['nothing', '', undefined],
    ['a name that is text', user('Ann'), undefined],
    ['a name that is a list', user(['Ann']), undefined],
    ['a name that is null', user(null), undefined],
    ['halves that are none', user({ firstName: 7, lastName: { a: 1 } }), undefined],
    ['a prototype', '{"__proto__":{"name":{"firstName":"Ann"}}}', undefined],
    ['depth', '['.repeat(900), undefined],
  ])('name-only-on-first-login: %s', async (_what, posted, name) => {
    expect((await apple().signIn(posted)).name).toBe(name)
  })

  test('R36: name-only-on-first-login: nothing that is required is looked for there', async () => {
    const strict = apple(undefined, { requireClaims: { hd: ['example.com'] } })
    const posted = user({ firstName: 'Ann' }, { hd: 'example.com' })
    expect(await outcomeOf(() => strict.signIn(posted))).toBe('access_denied claim_not_allowed')
    const domains = apple({ name: undefined, email: undefined }, { allowedEmailDomains: ['example.com'] })
    const verified = user({ firstName: 'Ann' }, { email: 'a@example.com', email_verified: true })
    expect(await outcomeOf(() => domains.signIn(verified))).toBe('access_denied email_domain_not_allowed')
  })
})
