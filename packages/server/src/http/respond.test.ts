import { expect, it } from 'vitest'
import { goTo, returnUrl, toResponse } from './respond.ts'

const issuer = 'https://auth.example.com'

it('A16 A15 puts the answer behind the registered address and leaves that alone', () => {
  const target = {
    redirectUri: 'https://app.example.com/cb?a=%20b',
    responseMode: 'fragment' as const,
    state: 'ü &=#+',
  }
  const fragment = returnUrl(target, issuer, { code: 'c' })
  expect(fragment.startsWith('https://app.example.com/cb?a=%20b#code=c&')).toBe(true)
  const params = new URLSearchParams(new URL(fragment).hash.slice(1))
  expect(Object.fromEntries(params)).toEqual({ code: 'c', state: 'ü &=#+', iss: issuer })
  const query = returnUrl({ ...target, responseMode: 'query' }, issuer, { code: 'c' })
  expect(query.startsWith('https://app.example.com/cb?a=%20b&code=c&')).toBe(true)
  expect(returnUrl({ redirectUri: 'https://a/', responseMode: 'query' }, issuer, { code: 'c' })).toBe(
    `https://a/?code=c&iss=${encodeURIComponent(issuer)}`,
  )
})

it('A18 answers a GET with 303 and a POST with a page that refreshes', () => {
  const get = toResponse(goTo('GET', 'https://app.example.com/', { cookies: ['a=b', 'c=d'] }), {
    'X-Request-Id': '1',
  })
  expect(get.headers.get('x-request-id')).toBe('1')
  expect([get.status, get.headers.get('location'), get.headers.getSetCookie()]).toEqual([
    303,
    'https://app.example.com/',
    ['a=b', 'c=d'],
  ])
  const post = toResponse(goTo('POST', 'https://app.example.com/'))
  expect([post.status, post.headers.get('location'), post.headers.get('refresh')]).toEqual([
    200,
    null,
    '0;url=https://app.example.com/',
  ])
})
