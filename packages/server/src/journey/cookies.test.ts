import { describe, expect, it } from 'vitest'
import { createJourneyCookies, surplus } from './cookies.ts'

describe('journey cookies', () => {
  it('R02 are __Host-, Secure, HttpOnly and Lax for an https issuer', () => {
    const cookies = createJourneyCookies('https://auth.example.com/path')
    expect(cookies.set('id', 'value')).toBe(
      '__Host-latchkey-j-id=value; Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure',
    )
    expect(cookies.drop('id')).toBe(
      '__Host-latchkey-j-id=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
    )
  })

  it('do without Secure for a loopback issuer alone', () => {
    expect(createJourneyCookies('http://127.0.0.1:4000').set('id', 'v')).toBe(
      'latchkey-j-id=v; Max-Age=600; Path=/; HttpOnly; SameSite=Lax',
    )
  })

  it('are read among others, and not without their prefix', () => {
    const cookies = createJourneyCookies('https://auth.example.com')
    const header =
      'a=b; latchkey-j-x=tossed; __Host-latchkey-j-1=one;__Host-latchkey-j-2=a=b; flag; __Host-latchkey-j-3='
    expect([...cookies.read(header)]).toEqual([
      ['1', 'one'],
      ['2', 'a=b'],
    ])
    expect(cookies.read(undefined).size).toBe(0)
  })

  it('R02 3.5 are not found under a name that only looks like theirs once more than blanks is trimmed', () => {
    const cookies = createJourneyCookies('https://auth.example.com')
    const tossed = ['\u00a0', '\u0085', '\ufeff', '\u2003', '\v', '=']
    const header = tossed.map((before, index) => `${before}__Host-latchkey-j-${index}=tossed`).join('; ')
    expect(cookies.read(header).size).toBe(0)
    expect(cookies.read(`a=b;\t __Host-latchkey-j-own=value; ${header}`)).toEqual(new Map([['own', 'value']]))
  })
})

describe('surplus', () => {
  const ages = (count: number) =>
    new Map(Array.from({ length: count }, (_, i): [string, string] => [`j${i}`, String(i + 1)]))
  const startedAt = (_: string, sealed: string) => (sealed === 'bad' ? undefined : Number(sealed))

  it('leaves room for one more among eight, oldest first', () => {
    expect(surplus(ages(7), startedAt)).toEqual([])
    expect(surplus(ages(8), startedAt)).toEqual(['j0'])
    expect(surplus(ages(10), startedAt)).toEqual(['j0', 'j1', 'j2'])
  })

  it('drops what does not open before what does', () => {
    expect(surplus(new Map([...ages(7), ['junk', 'bad']]), startedAt)).toEqual(['junk'])
  })
})
