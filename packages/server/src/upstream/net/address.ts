import { isIPv4, isIPv6 } from 'node:net'
import { ipv4Value, ipv6Value } from '../../ip-address.ts'

/**
 * What an address is for, as far as calling a provider there goes. `refused` is never called, whatever is
 * configured: link-local, multicast, documentation, translation ranges, the metadata services of clouds.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'refused'

interface Range {
  base: bigint
  /** How many low bits are free. */
  free: bigint
  kind: AddressClass
}

/** From the IANA special-purpose registries (RFC 6890 and successors). The first match decides. */
const ipv4Ranges = ranges(32n, ipv4Value, [
  ['168.63.129.16/32', 'refused'], // Azure's host agent, in a public range
  ['0.0.0.0/8', 'refused'],
  ['10.0.0.0/8', 'private'],
  ['100.100.100.200/32', 'refused'], // Alibaba's metadata service
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'refused'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'refused'],
  ['192.0.2.0/24', 'refused'],
  ['192.88.99.0/24', 'refused'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'refused'],
  ['198.51.100.0/24', 'refused'],
  ['203.0.113.0/24', 'refused'],
  ['224.0.0.0/3', 'refused'],
  ['0.0.0.0/0', 'public'],
])

const ipv6Ranges = ranges(128n, ipv6Value, [
  ['::1/128', 'loopback'],
  ['fd00:ec2::/32', 'refused'], // Amazon's metadata service
  ['fd20:ce::/32', 'refused'], // Google's
  ['fc00::/7', 'private'],
  ['2001::/23', 'refused'], // protocol assignments, Teredo
  ['2001:db8::/32', 'refused'],
  ['2002::/16', 'refused'], // 6to4
  ['3fff::/20', 'refused'],
  ['2000::/3', 'public'],
  ['::/0', 'refused'], // v4-mapped, v4-compatible, link-local, multicast and the rest
])

/** RFC 6052: what an IPv6-only network makes of an IPv4 address; judged by the address within. */
const nat64 = ranges(128n, ipv6Value, [['64:ff9b::/96', 'public']])

/** Classifies a literal address; a zone (`%eth0`) or anything that is not an address is `refused`. */
export function classifyAddress(address: string): AddressClass {
  if (isIPv4(address)) return find(ipv4Ranges, ipv4Value(address))
  if (!isIPv6(address) || address.includes('%')) return 'refused'
  const value = ipv6Value(address)
  if (nat64.some((range) => within(range, value))) {
    return find(ipv4Ranges, value & 0xffff_ffffn) === 'public' ? 'public' : 'refused'
  }
  return find(ipv6Ranges, value)
}

const within = (range: Range, value: bigint): boolean => value >> range.free === range.base

function find(table: Range[], value: bigint): AddressClass {
  return table.find((range) => within(range, value))?.kind ?? 'refused'
}

function ranges(
  width: bigint,
  parse: (address: string) => bigint,
  rows: [cidr: string, kind: AddressClass][],
): Range[] {
  return rows.map(([cidr, kind]) => {
    const [address = '', prefix = ''] = cidr.split('/')
    const free = width - BigInt(prefix)
    return { base: parse(address) >> free, free, kind }
  })
}
