import { describe, expect, it } from 'vitest'
import type { ApiCredentials } from '../upstream/contract.ts'
import type { HandedToken } from './hand-outs.ts'
import { authorized } from './proxy-request.ts'

const held: HandedToken = {
  connection: {
    ...{ id: 'con_1', userId: 'usr_1', provider: 'p', subject: 's', version: 1, sealed: '', keyId: 'k' },
    ...{ requestedScopes: [], grantedScopes: [], renewable: false, connectedAt: 0, obtainedAt: 0 },
    renewal: { fence: 0, failures: 0 },
  },
  ...{ accessToken: 'at', tokenType: 'Bearer', scopes: [] },
}
const plain: ApiCredentials = { offered: {}, demanded: {}, query: {}, secrets: ['at'] }

const sent = (about: Partial<ApiCredentials>, headers: Record<string, string> = {}, path = '/me') =>
  authorized({ method: 'GET', url: new URL(`https://api.example.com${path}`), headers, form: '' }, held, {
    apiCredentials: () => ({ ...plain, ...about }),
  })

describe('V12 a service’s request with the token', () => {
  it('has what carries it in the place of the service’s own', () => {
    const { headers } = sent({ demanded: { 'x-token': 'at' } }, { 'x-token': 'mine', 'x-other': '1' })
    expect(headers).toEqual({ 'x-token': 'at', 'x-other': '1' })
  })

  it.each([
    ['nothing', {}, 'json; version=3'],
    ['another', { accept: 'text/csv' }, 'text/csv'],
    ['anything, as libraries do', { accept: '*/*' }, 'json; version=3'],
  ])('has what the provider wants where the service says %s', (_, said, expected) => {
    expect(sent({ offered: { accept: 'json; version=3' } }, said).headers).toEqual({ accept: expected })
  })

  it.each([
    ['/me', '?access_token=a%2Bt'],
    ['/me?a=b%20c&x&&y=%41', '?a=b%20c&x&y=%41&access_token=a%2Bt'],
    ['/me?access_token=mine&a=1&access_token', '?a=1&access_token=a%2Bt'],
    ['/me?%61ccess%5Ftoken=mine', '?access_token=a%2Bt'],
    ['/me?access+token=1', '?access+token=1&access_token=a%2Bt'],
  ])('has it in the query: %s', (path, expected) => {
    expect(sent({ query: { access_token: 'a+t' } }, {}, path).url.search).toBe(expected)
  })

  it('keeps its query as it is where the token travels elsewhere', () => {
    const url = new URL('https://api.example.com/me?a&&b=%41&access_token=x')
    expect(sent({}, {}, url.pathname + url.search).url.href).toBe(url.href)
  })

  it('is not made of a token of another protocol than the provider speaks now', () => {
    const request = { method: 'GET', url: new URL('https://api.example.com/'), headers: {}, form: '' }
    const upstream = { apiCredentials: () => plain }
    expect(() => authorized(request, { ...held, tokenSecret: 'ts' }, upstream)).toThrow(
      expect.objectContaining({ code: 'temporarily_unavailable' }),
    )
  })
})
