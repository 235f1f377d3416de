import { describe, expect, test } from 'vitest'
import { normalizeHtu } from './htu.ts'

const plain = 'https://api.example.com/reports'

describe('S10 htu: spellings of one URI are one (RFC 3986 sections 6.2.2 and 6.2.3)', () => {
  test.each([
    ['the scheme in capitals', 'HTTPS://api.example.com/reports'],
    ['the host in capitals', 'https://API.Example.COM/reports'],
    ['the default port', 'https://api.example.com:443/reports'],
    ['an empty port', 'https://api.example.com:/reports'],
    ['a query', 'https://api.example.com/reports?page=2&x=%2F'],
    ['a fragment', 'https://api.example.com/reports#top'],
    ['both', 'https://api.example.com/reports?a#b?c'],
    ['a query as browsers send it', 'https://api.example.com/reports?a={"b":[1]}|^`\\&c=100%'],
    ['a query of 5,000 characters', `https://api.example.com/reports?${'a'.repeat(5000)}`],
    ['an address in the query', 'https://api.example.com/reports?@evil.test/../x'],
    ['dot segments', 'https://api.example.com/x/../reports/.././reports'],
    ['percent-encoded unreserved characters', 'https://api.example.com/%72eports'],
  ])('%s', (_, uri) => {
    expect(normalizeHtu(uri)).toBe(plain)
  })

  test.each([
    ['an empty path', 'https://api.example.com', 'https://api.example.com/'],
    ['lower-case hexadecimal', 'https://api.example.com/a%2fb%c3%bc', 'https://api.example.com/a%2Fb%C3%BC'],
    ['a tilde', 'https://api.example.com/%7Eme', 'https://api.example.com/~me'],
    ['a bar, as browsers send it', 'https://api.example.com/a|b', 'https://api.example.com/a|b'],
    ['a query behind no path', 'https://api.example.com?a', 'https://api.example.com/'],
    ['a port', 'http://localhost:8080/x', 'http://localhost:8080/x'],
    ['the default port of http', 'http://127.0.0.1:80/x', 'http://127.0.0.1/x'],
    ['an IPv6 host', 'http://[::1]:4000/x', 'http://[::1]:4000/x'],
  ])('%s', (_, uri, expected) => {
    expect(normalizeHtu(uri)).toBe(expected)
  })

  test.each([
    ['another path', 'https://api.example.com/report'],
    ['the path in capitals', 'https://api.example.com/Reports'],
    ['a trailing slash', 'https://api.example.com/reports/'],
    ['a double slash', 'https://api.example.com//reports'],
    ['another port', 'https://api.example.com:8443/reports'],
    ['another scheme', 'http://api.example.com/reports'],
    ['another host', 'https://api.example.com.evil.test/reports'],
    ['an encoded slash', 'https://api.example.com%2Freports'],
    ['a trailing dot of the host', 'https://api.example.com./reports'],
  ])('%s is another', (_, uri) => {
    expect(normalizeHtu(uri)).not.toBe(plain)
  })
})

describe('S10 htu: what is no http(s) URI is refused, not repaired', () => {
  test.each([
    ['nothing', ''],
    ['a path', '/reports'],
    ['no scheme', '//api.example.com/reports'],
    ['no authority', 'https:/reports'],
    ['one slash less', 'https:/api.example.com/reports'],
    ['another scheme', 'ftp://api.example.com/reports'],
    ['javascript', 'javascript://api.example.com/%0aalert(1)'],
    ['user information', 'https://user@api.example.com/reports'],
    ['user information that looks like the host', 'https://api.example.com@evil.test/reports'],
    ['a password', 'https://user:pass@api.example.com/reports'],
    ['a leading blank', ' https://api.example.com/reports'],
    ['a trailing line end', 'https://api.example.com/reports\n'],
    ['a tab within', 'https://api.exa\tmple.com/reports'],
    ['a backslash', 'https://api.example.com\\reports'],
    ['a backslash in the path', 'https://api.example.com/a\\..\\reports'],
    ['a letter beyond ASCII', 'https://api.example.com/repörts'],
    ['a homograph host', 'https://аpi.example.com/reports'],
    ['NUL', 'https://api.example.com/reports\0'],
    ['a broken percent', 'https://api.example.com/%zz'],
    ['a percent at the end', 'https://api.example.com/x%'],
    ['a port beyond range', 'https://api.example.com:99999/reports'],
    ['a port that is none', 'https://api.example.com:x/reports'],
    ['a broken IPv6 host', 'https://[::1/reports'],
    ['a query alone', '?https://api.example.com/reports'],
    ['no authority before a query', 'https://?api.example.com/reports'],
    ['a fragment for an authority', 'https://#api.example.com/reports'],
    ['angle brackets', 'https://api.example.com/<reports>'],
    ['5,000 characters', `https://api.example.com/${'a'.repeat(5000)}`],
  ])('%s', (_, uri) => {
    expect(normalizeHtu(uri)).toBeUndefined()
  })
})
