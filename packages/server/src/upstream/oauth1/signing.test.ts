import { createHmac, createVerify, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { handClock } from '../upstream.fixture.ts'
import { baseString } from './base-string.ts'
import { parameter, parametersIn, percentEncode } from './encoding.ts'
import { signatureOf } from './signature.ts'
import { createSigner } from './signer.ts'

const protocol = (parameters: Record<string, string>) =>
  Object.entries(parameters).map(([name, value]) => parameter(name, value))

describe('RFC 5849 section 3.6', () => {
  test.each([
    ['AZaz09-._~', 'AZaz09-._~'],
    [' ', '%20'],
    ['+&=%', '%2B%26%3D%25'],
    ["!*'()", '%21%2A%27%28%29'],
    ['\u00fc\u2603', '%C3%BC%E2%98%83'],
    ['\u{1f600}', '%F0%9F%98%80'],
    ['\n\0', '%0A%00'],
  ])('%j', (text, encoded) => expect(percentEncode(text)).toBe(encoded))
})

describe('RFC 5849 section 3.4.1.3.1', () => {
  test.each<[string, [string, string][]]>([
    ['', []],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=a', [['', 'a']]],
    ['a=b=c', [['a', 'b%3Dc']]],
    [
      'a=1+2&a=1%2B2',
      [
        ['a', '1%202'],
        ['a', '1%2B2'],
      ],
    ],
    ['&&a=b&', [['a', 'b']]],
    ['a=%zz%4', [['a', '%25zz%254']]],
    ['a=%ff%C3%BC', [['a', '%FF%C3%BC']]],
    ['a=ü', [['a', '%C3%BC']]],
  ])('%j', (query, parameters) => expect(parametersIn(query)).toEqual(parameters))
})

describe('A base string', () => {
  it('is that of RFC 5849 section 3.4.1.1', () => {
    const request = {
      method: 'post',
      url: new URL('http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
      form: 'c2&a3=2+q',
    }
    const given = protocol({
      oauth_consumer_key: '9djdj82h48djs9d2',
      oauth_token: 'kkk9d7dh3k39sjv7',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: '7d8f3e4a',
    })
    expect(baseString(request, given)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D' +
        '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  test.each([
    // Section 3.4.1.2.
    ['http://EXAMPLE.COM:80/r%20v/X?id=123', 'http%3A%2F%2Fexample.com%2Fr%2520v%2FX&id%3D123'],
    ['https://www.example.net:8080/?q=1#fragment', 'https%3A%2F%2Fwww.example.net%3A8080%2F&q%3D1'],
    ['https://example.com:443', 'https%3A%2F%2Fexample.com%2F&'],
    ['https://example.com?', 'https%3A%2F%2Fexample.com%2F&'],
  ])('of %s', (url, rest) => {
    expect(baseString({ method: 'GET', url: new URL(url) }, [])).toBe(`GET&${rest}`)
  })

  it('sorts by octets of what is encoded, not by the rules of any language', () => {
    const url = new URL('https://example.com/?ä=1&a=2&Z=3&a=10&a%20b=4&a-b=5')
    expect(baseString({ method: 'GET', url }, [])).toBe(
      'GET&https%3A%2F%2Fexample.com%2F&%25C3%25A4%3D1%26Z%3D3%26a%3D10%26a%3D2%26a%2520b%3D4%26a-b%3D5',
    )
  })
})

describe('HMAC-SHA1', () => {
  // RFC 5849 section 1.2.
  const photos = { oauth_consumer_key: 'dpf43f3p2l4k3l03', oauth_signature_method: 'HMAC-SHA1' }
  test.each<[string, string, string, string, Record<string, string>]>([
    [
      '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
      'POST',
      'https://photos.example.net/initiate',
      '',
      {
        oauth_timestamp: '137131200',
        oauth_nonce: 'wIjqoS',
        oauth_callback: 'http://printer.example.com/ready',
      },
    ],
    [
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
      'POST',
      'https://photos.example.net/token',
      'hdhd0244k9j7ao03',
      {
        oauth_token: 'hh5s93j4hdidpola',
        oauth_timestamp: '137131201',
        oauth_nonce: 'walatlh',
        oauth_verifier: 'hfdp7dh39dks9884',
      },
    ],
    [
      'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
      'GET',
      'http://photos.example.net/photos?file=vacation.jpg&size=original',
      'pfkkdhi9sl3r4s00',
      { oauth_token: 'nnch734d00sl2jdk', oauth_timestamp: '137131202', oauth_nonce: 'chapoH' },
    ],
  ])('gives %s', (signature, method, url, tokenSecret, further) => {
    const sign = signatureOf({ signatureMethod: 'HMAC-SHA1', clientSecret: 'kd94hf93k423kf44' })
    const base = baseString({ method, url: new URL(url) }, protocol({ ...photos, ...further }))
    expect(sign(base, tokenSecret)).toBe(signature)
  })

  it('gives what X prints in its documentation', () => {
    const sign = signatureOf({
      signatureMethod: 'HMAC-SHA1',
      clientSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    })
    const request = {
      method: 'POST',
      url: new URL('https://api.twitter.com/1.1/statuses/update.json?include_entities=true'),
      form: 'status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21',
    }
    const given = protocol({
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    })
    expect(sign(baseString(request, given), 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE')).toBe(
      'hCtSmYh+iHYCEqBWrE7C7hYmtUk=',
    )
  })
})

describe('The other methods', () => {
  it('HMAC-SHA256 has the same key', () => {
    const sign = signatureOf({ signatureMethod: 'HMAC-SHA256', clientSecret: 'a&b' })
    expect(sign('base', 'c d')).toBe(createHmac('sha256', 'a%26b&c%20d').update('base').digest('base64'))
  })

  it('PLAINTEXT is that of RFC 5849 section 2.1 and 2.3', () => {
    const sign = signatureOf({ signatureMethod: 'PLAINTEXT', clientSecret: 'ja893SD9' })
    expect([sign('whatever', ''), sign('whatever', 'xyz4992k83j47x0b')]).toEqual([
      'ja893SD9&',
      'ja893SD9&xyz4992k83j47x0b',
    ])
  })

  it('RSA-SHA1 is PKCS #1 v1.5, and no secret is in it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const sign = signatureOf({
      signatureMethod: 'RSA-SHA1',
      privateKey: { ...privateKey.export({ format: 'jwk' }) },
      clientSecret: 'unused',
    })
    const signature = sign('base', 'unused')
    expect(sign('base', 'other')).toBe(signature)
    expect(createVerify('sha1').update('base').verify(publicKey, signature, 'base64')).toBe(true)
  })

  test.each<[string, Record<string, unknown> | undefined]>([
    ['none', undefined],
    ['no private key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    ['no RSA', { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) }],
  ])('RSA-SHA1 with a key that is %s is no configuration', (_, privateKey) => {
    expect(() =>
      signatureOf({ signatureMethod: 'RSA-SHA1', ...(privateKey === undefined ? {} : { privateKey }) }),
    ).toThrow(expect.objectContaining({ code: 'invalid_configuration' }))
  })
})

describe('A header', () => {
  const clock = handClock(1_800_000_000_999)
  let count = 0
  const signer = createSigner(
    { clientId: 'a key', clientSecret: 's', signatureMethod: 'HMAC-SHA1' },
    { clock, nonce: () => `nonce${++count}` },
  )
  const request = { method: 'GET', url: new URL('https://api.example.com/me') }

  it('has every parameter once, encoded, in quotes', () => {
    const header = signer(request, { token: 't"k', secret: 'x' }, { oauth_verifier: 'v v' })
    expect(header).toMatch(
      /^OAuth oauth_consumer_key="a%20key", oauth_token="t%22k", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1800000000", oauth_nonce="nonce1", oauth_version="1.0", oauth_verifier="v%20v", oauth_signature="[A-Za-z0-9%]+"$/,
    )
  })

  it('is another one each time, and has no token before there is one', () => {
    const [one, two] = [signer(request), signer(request)]
    expect(one).not.toBe(two)
    expect(one).not.toContain('oauth_token')
  })
})
