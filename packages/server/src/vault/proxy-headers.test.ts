import { describe, expect, it } from 'vitest'
import { backHeaders, blamesToken, onwardHeaders } from './proxy-headers.ts'

describe('what goes on of a request', () => {
  it('is what is meant for the provider', () => {
    const kept = {
      accept: 'application/json',
      'content-type': 'text/plain',
      'content-length': '3',
      'x-own': '1',
    }
    const dropped = {
      ...{ authorization: 'Bearer ours', cookie: 'a=b', host: 'latchkey.example', dpop: 'proof' },
      ...{ 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example', forwarded: 'for=10.0.0.1' },
      ...{ 'proxy-authorization': 'Basic x', 'proxy-anything': 'x', te: 'trailers', upgrade: 'websocket' },
      ...{ 'transfer-encoding': 'chunked', 'keep-alive': '1', trailer: 'x', expect: '100-continue' },
    }
    expect(onwardHeaders(new Headers({ ...kept, ...dropped }))).toEqual(kept)
  })

  it('is nothing that Connection names, but for the length of the body', () => {
    const given = {
      connection: 'close, X-Secret , content-length',
      'x-secret': '1',
      'content-length': '3',
      accept: '*/*',
    }
    expect(onwardHeaders(new Headers(given))).toEqual({ 'content-length': '3', accept: '*/*' })
  })
})

describe('what comes back of an answer', () => {
  const about = { host: 'api.example.com', secrets: ['secret-token'] }
  const ours = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Latchkey-Upstream': 'api.example.com',
  }

  it('is what is meant for the service', () => {
    const kept = {
      'content-type': 'application/json',
      etag: '"1"',
      location: '/next',
      'retry-after': '3',
      link: '<a>',
    }
    const dropped = {
      ...{
        'set-cookie': ['a=b', 'c=d'],
        'strict-transport-security': 'max-age=1',
        connection: 'x-hop',
        'x-hop': '1',
      },
      ...{
        'transfer-encoding': 'chunked',
        'keep-alive': 'timeout=5',
        'proxy-authenticate': 'Basic',
        trailer: 'x',
      },
      ...{
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=60',
        'alt-svc': 'h3=":443"',
      },
      ...{ 'latchkey-upstream': 'evil.example', 'x-request-id': 'theirs', 'clear-site-data': '"*"' },
    }
    expect(backHeaders({ ...kept, ...dropped }, about)).toEqual({ ...kept, ...ours })
  })

  it('is no header with the token in it', () => {
    expect(backHeaders({ 'x-echo': 'Bearer secret-token', vary: 'accept' }, about)).toEqual({
      vary: 'accept',
      ...ours,
    })
  })

  it('nor in the spelling of a URL, nor with any other secret', () => {
    const secrets = ['t/1+=', 'the s3cret!']
    const given = {
      location: '/next?token=t%2F1%2B%3D',
      link: ['<a>', '</p2?key=the%20s3cret!>'],
      'x-form': 'key=the+s3cret%21',
      'x-echo': 'app-1:the s3cret!',
      vary: 'accept',
    }
    expect(backHeaders(given, { ...about, secrets })).toEqual({ vary: 'accept', ...ours })
  })
})

it.each([
  [undefined, true],
  ['Bearer', true],
  ['Bearer realm="x", error="invalid_token"', true],
  ['Bearer error=invalid_token', true],
  ['Bearer error="insufficient_scope"', false],
  ['Bearer realm="x", error="invalid_request"', false],
])('a 401 with %s blames the token: %s', (challenge, expected) => {
  expect(blamesToken(challenge)).toBe(expected)
})
