import { describe, expect, test } from 'vitest'
import type { OidcProviderConfig } from '../config/types.ts'
import { createOidcUpstream } from './oidc.ts'
import {
  goodClaims,
  handClock,
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
const tenant = '0123abcd-4567-89ab-cdef-0123456789ab'
const other = '9188040d-6c67-4c5b-b112-36a304b66dad'
const at = (part: string) => `https://login.example/${part}/v2.0`
const good = { iss: at(tenant), tid: tenant }
const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }

interface Given {
  asked?: string
  /** What discovery says. */
  said?: string
  claims?: object
  provider?: Partial<OidcProviderConfig>
  owner?: unknown
}

/** A provider with an issuer for each tenant, as Entra is one. */
function entra({ asked = 'common', said = at('{tenantid}'), claims = good, provider, owner }: Given = {}) {
  const op = scriptedFetch({
    [`${at(asked)}/.well-known/openid-configuration`]: json({ ...metadataDocument, issuer: said }),
    [jwks_uri]: json({ keys: [{ ...key.publicJwk, ...(owner !== undefined && { issuer: owner }) }] }),
    [token_endpoint]: () => json({ access_token: 'at', token_type: 'Bearer', id_token: signed(claims) }),
  })
  const upstream = createOidcUpstream(
    { ...oidcProvider, issuer: at(asked), wire: { issuerTemplate: at('{tid}') }, ...provider },
    { fetch: op.fetch, clock, allowPrivate: false, onBackgroundFailure: () => undefined },
  )
  const signIn = async (more = {}) => {
    const query = new URLSearchParams({ code: 'c', state: proof.state, ...more })
    return upstream.exchange(await upstream.readCallback(query, proof), proof)
  }
  return { ...op, upstream, signIn, outcome: (more?: object) => outcomeOf(() => signIn(more)) }
}

const signed = (claims: object, typ?: string) =>
  key.sign({ alg: 'RS256', kid: 'k1', ...(typ && { typ }) }, goodClaims(clock, claims))

describe('issuer-varies-with-tenant', () => {
  test('issuer-varies-with-tenant: an identity is filed under its own tenant', async () => {
    expect(await entra().signIn()).toMatchObject({
      ...{ subject: 'u-1', issuer: at(tenant), account: `${tenant}/u-1` },
    })
    expect(await entra({ claims: { iss: at(other), tid: other } }).signIn()).toMatchObject({
      ...{ subject: 'u-1', issuer: at(other), account: `${other}/u-1` },
    })
  })

  test.each<[string, object]>([
    ['another tenant in tid', { iss: at(tenant), tid: other }],
    ['no tid', { iss: at(tenant) }],
    ['the template', { iss: at('{tenantid}'), tid: '{tenantid}' }],
    ['the configured word', { iss: at('common'), tid: 'common' }],
    ['another host', { iss: `https://evil.example/${tenant}/v2.0`, tid: tenant }],
    ['no issuer', { iss: undefined, tid: tenant }],
  ])('R10, issuer-varies-with-tenant: refused: %s', async (_what, claims) => {
    expect(await entra({ claims }).outcome()).toBe('provider_error id_token_issuer')
  })

  test('issuer-varies-with-tenant: a fixed tenant has one issuer', async () => {
    const fixed = (said: string, claims: object) => entra({ asked: tenant, said, claims }).outcome()
    expect(await fixed(at(tenant), { iss: at(tenant) })).toBe('none')
    expect(await fixed(at(tenant), { iss: at(other), tid: other })).toBe('provider_error id_token_issuer')
    expect(await fixed(at('{tenantid}'), good)).toBe('provider_error metadata_issuer')
    const { issuer } = await entra({ asked: tenant, said: at(tenant) }).signIn()
    expect(issuer).toBeUndefined()
  })

  test('issuer-varies-with-tenant: a domain is the tenant that discovery names, and no other', async () => {
    const named = (said: string, claims: object = good) =>
      entra({ asked: 'acme.example', said, claims }).outcome()
    expect(await named(at(tenant))).toBe('none')
    expect(await named(at(tenant), { iss: at(other), tid: other })).toBe('provider_error id_token_issuer')
    expect(await named(at('{tenantid}'))).toBe('provider_error metadata_issuer')
    expect(await named(at('acme.example'))).toBe('provider_error metadata_issuer')
  })

  test('R19, issuer-varies-with-tenant: iss at the callback is that of the tenant that discovery names', async () => {
    const domain = entra({ asked: 'acme.example', said: at(tenant) })
    expect(await domain.outcome({ iss: at(tenant) })).toBe('none')
    expect(await domain.outcome({ iss: at(other) })).toBe('provider_error callback_issuer')
    expect(await domain.outcome({ iss: at('acme.example') })).toBe('provider_error callback_issuer')
  })

  test('issuer-varies-with-tenant: people of one tenant where discovery names it', async () => {
    const consumers = { asked: 'consumers', said: at(other) }
    expect(await entra({ ...consumers, claims: { iss: at(other), tid: other } }).outcome()).toBe('none')
    expect(await entra({ ...consumers, claims: good }).outcome()).toBe('provider_error id_token_issuer')
  })

  test.each<[string, Given, string]>([
    ['without the rule', { provider: { wire: {} } }, 'metadata_issuer'],
    ['another host', { said: 'https://evil.example/{tenantid}/v2.0' }, 'metadata_issuer'],
    ['another word', { said: at('organizations') }, 'metadata_issuer'],
  ])('R18, issuer-varies-with-tenant: discovery is refused: %s', async (_what, given, reason) => {
    expect(await entra(given).outcome()).toBe(`provider_error ${reason}`)
  })

  test('issuer-varies-with-tenant: a key of one tenant signs for no other', async () => {
    expect(await entra({ owner: at(other) }).outcome()).toBe('provider_error id_token_key')
    expect(await entra({ owner: at(tenant) }).outcome()).toBe('none')
    expect(await entra({ owner: at('{tenantid}') }).outcome()).toBe('none')
  })

  test.each<[string, string, string]>([
    ['that of the token', at(tenant), 'none'],
    ['that of another tenant', at(other), 'provider_error callback_issuer'],
    ['another host', 'https://evil.example/v2.0', 'provider_error callback_issuer'],
    ['the template', at('{tenantid}'), 'provider_error callback_issuer'],
  ])('R19, issuer-varies-with-tenant: iss at the callback: %s', async (_what, iss, expected) => {
    expect(await entra().outcome({ iss })).toBe(expected)
  })

  test('R32, issuer-varies-with-tenant: an address that a tenant made up is verified by nobody (nOAuth)', async () => {
    const claims = { ...good, email: 'victim@example.com', email_verified: undefined, xms_edov: true }
    const identity = await entra({ claims }).signIn()
    expect(identity).toMatchObject({ subject: 'u-1', email: 'victim@example.com', emailVerified: false })
    const said = { ...claims, email_verified: true }
    expect(
      await entra({ claims: said, provider: { quirks: ['email-not-verified'] } }).signIn(),
    ).toMatchObject({
      emailVerified: false,
    })
  })

  test('R36, issuer-varies-with-tenant: a tenant may be required', async () => {
    const requireClaims = { tid: [tenant] }
    expect(await entra({ provider: { requireClaims } }).outcome()).toBe('none')
    const claims = { iss: at(other), tid: other }
    expect(await entra({ provider: { requireClaims }, claims }).outcome()).toBe(
      'access_denied claim_not_allowed',
    )
  })

  test('R13, issuer-varies-with-tenant: a logout token ends what its own tenant began', async () => {
    const logout = { events: event, jti: 'j', nonce: undefined }
    const read = (claims: object) =>
      entra().upstream.readLogoutToken?.(signed({ ...claims, ...logout }, 'logout+jwt'))
    expect(await read(good)).toMatchObject({ issuer: at(tenant), subject: 'u-1' })
    for (const claims of [{ iss: at(tenant), tid: other }, { iss: at(tenant) }, { iss: at('common') }]) {
      expect(await outcomeOf(() => read(claims))).toBe('provider_error logout_token_issuer')
    }
  })

  test('R35, issuer-varies-with-tenant: a refresh stays in its tenant', async () => {
    const refreshed = (claims: object) => {
      const { upstream } = entra({ claims })
      return outcomeOf(() => upstream.refresh({ refreshToken: 'rt', subject: `${tenant}/u-1` }))
    }
    expect(await refreshed(good)).toBe('none')
    for (const claims of [
      { iss: at(other), tid: other },
      { iss: at(tenant), tid: other },
      { ...good, sub: 'u-2' },
      { ...good, sub: `u-1/${tenant}` },
    ]) {
      expect(await refreshed(claims)).toBe('provider_error refresh_identity')
    }
  })
})
