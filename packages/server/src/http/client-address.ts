import { BlockList } from 'node:net'
import { type Address, readAddress } from '../ip-address.ts'

/** Who has sent a request, as far as can be told. */
export interface ClientAddress {
  /** What requests of one sender have in common: the IPv4 address, of an IPv6 address the /64. Undefined: nobody told. */
  key: string | undefined
  /** The proxy whose address this is, when one seems to stand between: all who come by it are one. */
  proxy?: { address: string; because: 'it is not trusted' | 'it names nobody' }
}

/**
 * Tells who has sent a request: the peer of the socket, or, where that is a trusted proxy, whom `X-Forwarded-For` names,
 * read from the right past further trusted ones. What stands left of the first that is not trusted is hearsay, and a value
 * that is no address ends the reading. `Forwarded` (RFC 7239) is not read.
 * @param trusted addresses and CIDR blocks, as the configuration has checked them
 */
export function createAddressReader(
  trusted: readonly string[],
): (remoteAddress: string | undefined, forwardedFor: string | undefined) => ClientAddress {
  const proxies = new BlockList()
  for (const block of trusted) add(proxies, block)
  const isTrusted = ({ text, family }: Address) => proxies.check(text, family)

  return (remoteAddress, forwardedFor) => {
    const peer = remoteAddress === undefined ? undefined : readAddress(remoteAddress)
    if (peer === undefined) return { key: undefined }
    if (!isTrusted(peer)) {
      if (forwardedFor === undefined) return { key: keyOf(peer) }
      return { key: keyOf(peer), proxy: { address: peer.text, because: 'it is not trusted' } }
    }
    const known = beyond(peer, forwardedFor ?? '', isTrusted)
    if (!isTrusted(known)) return { key: keyOf(known) }
    return { key: keyOf(known), proxy: { address: known.text, because: 'it names nobody' } }
  }
}

function beyond(peer: Address, forwardedFor: string, isTrusted: (address: Address) => boolean): Address {
  let known = peer
  let rest = forwardedFor
  while (rest !== '' && isTrusted(known)) {
    const comma = rest.lastIndexOf(',')
    const next = readForwarded(rest.slice(comma + 1).trim())
    if (next === undefined) return known
    known = next
    rest = rest.slice(0, Math.max(comma, 0))
  }
  return known
}

/** Some proxies put brackets around IPv6, or the port behind. */
function readForwarded(written: string): Address | undefined {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(written) ?? []
  const [, v4] = /^([\d.]+):\d{1,5}$/.exec(written) ?? []
  return readAddress(bracketed ?? v4 ?? written)
}

/** A household or a server has a whole /64 (RFC 6177), and takes whichever address of it. */
const keyOf = ({ family, text }: Address): string => (family === 'ipv4' ? text : `${text.slice(0, 19)}::/64`)

function add(list: BlockList, block: string): void {
  const [written = '', prefix] = block.split('/')
  const address = readAddress(written)
  if (address === undefined) throw new TypeError('a checked block cannot be read')
  const { family, text } = address
  if (prefix === undefined) list.addAddress(text, family)
  // An IPv4 block that is written as IPv6 counts its 96 bits more.
  else
    list.addSubnet(
      text,
      Math.max(0, Number(prefix) - (family === 'ipv4' && written.includes(':') ? 96 : 0)),
      family,
    )
}
