import { describe, expect, it } from 'vitest'
import { createAddressReader } from './client-address.ts'

const read = createAddressReader(['10.0.0.0/8', 'fd00::/8', '192.0.2.9', '::ffff:172.16.0.0/108'])
const v6 = '2001:0db8:0000:0001::/64'

describe('X02 the client’s address', () => {
  it.each([
    ['nobody listed', '198.51.100.7', undefined, '198.51.100.7'],
    ['IPv4 on a socket of both kinds', '::ffff:198.51.100.7', undefined, '198.51.100.7'],
    ['a forged header without a proxy', '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['one proxy', '10.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['a proxy by its one address', '192.0.2.9', '203.0.113.1', '203.0.113.1'],
    ['a proxy by IPv6', 'fd12::1', '203.0.113.1', '203.0.113.1'],
    ['a proxy with a zone', 'fd12::1%eth0', '203.0.113.1', '203.0.113.1'],
    ['a proxy written as mapped IPv4', '172.16.5.5', '203.0.113.1', '203.0.113.1'],
    ['a neighbour of such a block', '172.32.0.1', '203.0.113.1', '172.32.0.1'],
    ['what the client itself had put there', '10.0.0.1', '1.2.3.4, 203.0.113.1', '203.0.113.1'],
    ['two proxies', '10.0.0.1', '203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['two proxies and a forgery', '10.0.0.1', '10.9.9.9, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
    ['proxies alone', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['no blanks', '10.0.0.1', '203.0.113.1,10.0.0.2', '203.0.113.1'],
    ['a port', '10.0.0.1', '203.0.113.1:4711', '203.0.113.1'],
    ['IPv6', '10.0.0.1', '2001:db8:0:1::5', v6],
    ['IPv6 in brackets', '10.0.0.1', '[2001:db8:0:1::5]', v6],
    ['IPv6 with a port', '10.0.0.1', '[2001:db8:0:1::5]:4711', v6],
    ['no address', '10.0.0.1', '203.0.113.1, unknown', '10.0.0.1'],
    ['an obfuscated name', '10.0.0.1', '_hidden', '10.0.0.1'],
    ['no address behind a good one', '10.0.0.1', 'nonsense, 10.0.0.2', '10.0.0.2'],
    ['nothing', '10.0.0.1', '', '10.0.0.1'],
    ['a comma at the end', '10.0.0.1', '203.0.113.1,', '10.0.0.1'],
    ['a comma at the beginning', '10.0.0.1', ',10.0.0.2', '10.0.0.2'],
    ['a name', '10.0.0.1', 'client.example.com', '10.0.0.1'],
    ['no socket', undefined, '203.0.113.1', undefined],
    ['a socket that is a file', '', '203.0.113.1', undefined],
  ])('%s', (_, remoteAddress, forwardedFor, key) => {
    expect(read(remoteAddress, forwardedFor).key).toBe(key)
  })

  it.each([
    '2001:db8:0:1::1',
    '2001:DB8:0:1:0:0:0:2',
    '2001:0db8:0000:0001:ffff:ffff:ffff:ffff',
    '2001:db8:0:1::198.51.100.7',
    '2001:db8:0:1::1%eth0',
  ])('CVE-2026-45364 %s is one of its /64', (remoteAddress) => {
    expect(read(remoteAddress, undefined).key).toBe(v6)
  })

  it('CVE-2026-45364 keeps the next /64 apart', () => {
    expect(read('2001:db8:0:2::1', undefined).key).toBe('2001:0db8:0000:0002::/64')
  })

  it.each([
    ['is not trusted', '127.0.0.1', '203.0.113.1', { address: '127.0.0.1', because: 'it is not trusted' }],
    ['sends no header', '10.0.0.1', undefined, { address: '10.0.0.1', because: 'it names nobody' }],
    ['sends no address', '10.0.0.1', 'unknown', { address: '10.0.0.1', because: 'it names nobody' }],
    ['names another proxy', '10.0.0.1', '10.0.0.2', { address: '10.0.0.2', because: 'it names nobody' }],
    ['names somebody', '10.0.0.1', '203.0.113.1', undefined],
    ['is none', '127.0.0.1', undefined, undefined],
  ])('tells of a proxy that %s', (_, remoteAddress, forwardedFor, proxy) => {
    expect(read(remoteAddress, forwardedFor).proxy).toEqual(proxy)
  })
})
