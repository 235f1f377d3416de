import { catalogue, signsIn } from '@latchkey/providers'
import { expect, it } from 'vitest'
import { testConfig, testOidcProvider } from './config.fixture.ts'
import { resolveUnknown } from './resolve.ts'

const warningsOf = (providers: object) =>
  resolveUnknown({ ...testConfig, providers }, { env: {}, baseDir: '/' }).warnings

it('X06 what is unsafe is warned of, by provider and rule', () => {
  const unsafe = {
    acme: { ...testOidcProvider, quirks: ['nonce-not-echoed'] },
    plain: { ...testOidcProvider, wire: { unsafe_code_challenge: 'plain' } },
    safe: { ...testOidcProvider, wire: { unsafe_nonce_may_miss: false } },
  }
  expect(warningsOf(unsafe)).toEqual([
    expect.stringMatching(
      /^providers\.acme\.wire\.unsafe_nonce_may_miss: is in force: An ID token without nonce/,
    ),
    expect.stringMatching(/^providers\.plain\.wire\.unsafe_code_challenge: is in force: PKCE/),
  ])
})

const credentials = { client_id: 'ours', client_secret: 'between us' }

it('a provider of the catalogue that lacks PKCE is not the configuration to blame', () => {
  const entry = catalogue.find(
    ({ protocol, pkce, tenant, clientAuthentication: by = 'post', ...entry }) =>
      protocol === 'oauth2' && pkce === 'none' && tenant === undefined && signsIn(entry) && by !== 'none',
  )
  const { id = '', name = '' } = entry ?? {}
  expect(warningsOf({ [id]: credentials })).toContainEqual(
    `providers.${id}.pkce: ${name} lacks PKCE, so that nothing ties its code to the journey but the cookie`,
  )
  expect(warningsOf({ [id]: { ...credentials, pkce: 'none' } })).toContainEqual(
    expect.stringMatching(/pkce: without PKCE/),
  )
})

it('one whose end is near says so', () => {
  const entry = catalogue.find(
    ({ ending, tenant, protocol, clientAuthentication: by = 'post' }) =>
      ending !== undefined && tenant === undefined && protocol !== 'oauth1' && by !== 'none',
  )
  const { id = '' } = entry ?? {}
  expect(warningsOf({ [id]: { ...credentials, connect: true } })).toContainEqual(
    expect.stringMatching(/is coming to its end: /),
  )
})

it('R32 V06 whoever believes more than the catalogue does is told so', () => {
  const shopify = { ...credentials, shop: 'acme', connect: true }
  const believing = (wire: object) => ({
    acme: { ...testOidcProvider, wire },
    shopify: { ...shopify, wire: { callback_tenant: {} } },
  })
  const warnings = warningsOf(believing({ email_verified: 'always' }))
  expect(warnings).toContainEqual(
    expect.stringMatching(/^providers\.acme\.wire\.email_verified: counts each/),
  )
  expect(warnings).toContainEqual(
    'providers.shopify.wire.callback_tenant: no longer compares shop of the answer',
  )
  const doubted = { ...testOidcProvider, quirks: ['email-not-verified'], wire: { email_verified: 'as-said' } }
  expect(warningsOf({ doubted })).toContainEqual(
    expect.stringMatching(/^providers\.doubted\.wire\.email_verified: takes the word/),
  )
  const plain = warningsOf({ acme: { ...testOidcProvider, wire: { email_verified: 'never' } }, shopify })
  expect(plain.join()).not.toMatch(/email_verified|callback_tenant/)
})
