import { isIPv4, isIPv6 } from 'node:net'

/** The number that an IPv4 address is. `address` has passed `isIPv4`. */
export function ipv4Value(address: string): bigint {
  return address.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** The number that an IPv6 address is. `address` has passed `isIPv6`, and has no zone: at most one `::`, at most one dotted tail. */
export function ipv6Value(address: string): bigint {
  const dotted = /[^:]+\.[^:]+$/.exec(address)?.[0]
  const hex = dotted === undefined ? address : address.replace(dotted, hexOfIpv4(dotted))
  const [head = '', tail] = hex.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  return groups.reduce((value: bigint, group: string) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

function hexOfIpv4(address: string): string {
  const value = ipv4Value(address)
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}

/** An address in the one form that it has here, however it was written. */
export type Address = { family: 'ipv4'; text: string } | { family: 'ipv6'; text: string }

/** IPv4 written as IPv6: mapped (RFC 4291 section 2.5.5.2), and translated (RFC 6052), as IPv6-only networks see it. */
const embedding = new Set([ipv6Value('::ffff:0:0') >> 32n, ipv6Value('64:ff9b::') >> 32n])

/**
 * Reads an address: eight groups of four lower-case digits for IPv6, without a zone; IPv4, and what is IPv4 within, with
 * dots. Undefined for anything that is no address.
 */
export function readAddress(written: string): Address | undefined {
  if (isIPv4(written)) return { family: 'ipv4', text: written }
  const [address = ''] = written.split('%')
  if (!isIPv6(address)) return
  const value = ipv6Value(address)
  if (embedding.has(value >> 32n)) return { family: 'ipv4', text: dotted(value & 0xffff_ffffn) }
  const text = value
    .toString(16)
    .padStart(32, '0')
    .replaceAll(/.{4}(?=.)/g, '$&:')
  return { family: 'ipv6', text }
}

const dotted = (value: bigint): string => [24n, 16n, 8n, 0n].map((by) => (value >> by) & 0xffn).join('.')
