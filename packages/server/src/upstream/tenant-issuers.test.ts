import { describe, expect, test } from 'vitest'
import { LatchkeyError } from '../errors.ts'
import { createTenantIssuers, type TenantIssuers } from './tenant-issuers.ts'

const pattern = 'https://login.example/{tid}/v2.0'
const at = (part: string) => `https://login.example/${part}/v2.0`
const tenant = '0123abcd-4567-89ab-cdef-0123456789ab'
const other = '9188040d-6c67-4c5b-b112-36a304b66dad'

function issuers(asked: string, of = pattern): TenantIssuers {
  const made = createTenantIssuers(of, at(asked))
  if (made === undefined) throw new Error('the tenant is fixed')
  return made
}

test('issuer-varies-with-tenant: a tenant that the configuration names has the issuer that it says', () => {
  expect(createTenantIssuers(pattern, at(tenant))).toBeUndefined()
  expect(createTenantIssuers(pattern, at(tenant.toUpperCase()))).toBeUndefined()
})

test.each([
  ['no placeholder', 'https://login.example/v2.0', at('common')],
  ['two', 'https://login.example/{tid}/{oid}', at('common')],
  ['in the host', 'https://{tid}.login.example/v2.0', 'https://common.login.example/v2.0'],
  ['in the query', 'https://login.example/v2.0?t={tid}', 'https://login.example/v2.0?t=common'],
  ['within a segment', 'https://login.example/{tid}v2.0', 'https://login.example/commonv2.0'],
  ['another host', pattern, 'https://other.example/common/v2.0'],
  ['nothing in the place', pattern, 'https://login.example//v2.0'],
  ['more in the place', pattern, at('common/more')],
  ['another end', pattern, 'https://login.example/common/v2.0/'],
  ['one slash for two', pattern, 'https://login.example/v2.0'],
])('issuer-varies-with-tenant: refused at the start: %s', (_what, template, configured) => {
  expect(() => createTenantIssuers(template, configured)).toThrow(LatchkeyError)
})

describe('the discovery document', () => {
  test.each<[string, string, unknown, object | undefined]>([
    ['the template, asked for any', 'common', at('{tenantid}'), { issuer: at('common') }],
    ['the template with the claim', 'organizations', at('{tid}'), { issuer: at('organizations') }],
    ['the word itself', 'common', at('common'), { issuer: at('common') }],
    ['one tenant, asked for any', 'consumers', at(other), { issuer: at(other), tenant: other }],
    ['one tenant, asked for a domain', 'acme.example', at(tenant), { issuer: at(tenant), tenant }],
    ['the template, asked for a domain', 'acme.example', at('{tenantid}'), undefined],
    ['the domain itself', 'acme.example', at('acme.example'), undefined],
    ['another word', 'common', at('organizations'), undefined],
    ['another placeholder', 'common', at('{other}'), undefined],
    ['another host', 'common', 'https://other.example/{tenantid}/v2.0', undefined],
    ['a trailing slash', 'common', `${at('{tenantid}')}/`, undefined],
    ['upper case', 'common', at(tenant.toUpperCase()), undefined],
    ['a list', 'common', [at('{tenantid}')], undefined],
    ['nothing', 'common', undefined, undefined],
  ])('issuer-varies-with-tenant: %s', (_what, asked, issuer, expected) => {
    expect(issuers(asked).speaksFor(issuer)).toEqual(expected)
  })
})

test.each<[string, object, string | undefined]>([
  ['both say it', { iss: at(tenant), tid: tenant }, tenant],
  ['another tenant in the claim', { iss: at(tenant), tid: other }, undefined],
  ['no claim', { iss: at(tenant) }, undefined],
  ['a claim of a prototype', { iss: at(tenant), __proto__: { tid: tenant } }, undefined],
  ['a list', { iss: at(tenant), tid: [tenant] }, undefined],
  ['a word', { iss: at('common'), tid: 'common' }, undefined],
  ['a domain', { iss: at('acme.example'), tid: 'acme.example' }, undefined],
  ['the placeholder', { iss: at('{tenantid}'), tid: '{tenantid}' }, undefined],
  ['a path', { iss: at(`${tenant}/../${other}`), tid: `${tenant}/../${other}` }, undefined],
  ['a line break', { iss: at(`${tenant}\n`), tid: `${tenant}\n` }, undefined],
  ['upper case', { iss: at(tenant.toUpperCase()), tid: tenant.toUpperCase() }, undefined],
  ['another host', { iss: `https://evil.example/${tenant}/v2.0`, tid: tenant }, undefined],
  ['another version', { iss: `https://login.example/${tenant}/`, tid: tenant }, undefined],
  ['nothing', {}, undefined],
])('R10, issuer-varies-with-tenant: the tenant of a token: %s', (_what, claims, expected) => {
  expect(issuers('common').tenantOf({ ...claims })).toBe(expected)
})

test.each<[string, object, boolean]>([
  ['of nobody in particular', {}, true],
  ['of every tenant', { issuer: at('{tenantid}') }, true],
  ['of this one', { issuer: at(tenant) }, true],
  ['of another one', { issuer: at(other) }, false],
  ['of who knows', { issuer: 7 }, false],
])('issuer-varies-with-tenant: a key %s', (_what, key, expected) => {
  expect(issuers('common').signsFor({ ...key }, at(tenant))).toBe(expected)
})
