import { describe, expect, it } from 'vitest'
import { keep, leadsTo, member } from './http.ts'

const reply = (status: number, headers: Record<string, string>, body = '') => ({
  status,
  headers,
  setCookies: [],
  body,
})

describe('cookies', () => {
  it('are kept by name, the last one counts', () => {
    const jar = keep(new Map(), ['a=1; Path=/', 'b=x=y; HttpOnly', 'a=2'])
    expect(Object.fromEntries(jar)).toEqual({ a: '2', b: 'x=y' })
  })

  it('go when they have expired', () => {
    const jar = new Map([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ])
    keep(jar, ['a=; Max-Age=0', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'c=4; Max-Age=600'])
    expect(Object.fromEntries(jar)).toEqual({ c: '4' })
  })
})

describe('leadsTo', () => {
  it.each([
    [reply(302, { location: '/x' }), 'http://a.test/x'],
    [reply(303, { location: 'http://b.test/?q#f' }), 'http://b.test/?q#f'],
    [reply(200, { refresh: '0;url=http://b.test/;x' }), 'http://b.test/;x'],
    [reply(200, { refresh: '0; url="/y"' }), 'http://a.test/y'],
  ])('%j', (given, expected) => {
    expect(leadsTo(given, 'http://a.test/')).toBe(expected)
  })

  it.each([reply(200, { location: '/x' }), reply(400, { refresh: '0;url=/x' }), reply(303, {})])(
    '%j throws',
    (given) => {
      expect(() => leadsTo(given, 'http://a.test/')).toThrow()
    },
  )
})

it('member reads strings only', () => {
  expect(member(reply(200, {}, '{"a":"b"}'), 'a')).toBe('b')
  expect(() => member(reply(200, {}, '{"a":1}'), 'a')).toThrow()
  expect(() => member(reply(500, {}, 'null'), 'a')).toThrow()
})
