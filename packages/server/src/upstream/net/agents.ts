import { lookup as systemLookup } from 'node:dns/promises'
import { type Agent, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { UpstreamError } from '../contract.ts'
import { fault, outage } from '../failures.ts'
import { classifyAddress } from './address.ts'
import { mayConnect } from './url.ts'

/** Every address of a host name; rejects when there is none. */
export type Resolve = (hostname: string) => Promise<string[]>

export interface AgentOptions {
  /** Private and loopback addresses too, and http to loopback. Link-local and metadata addresses never. */
  allowPrivate: boolean
  /** Default: the system's resolver. */
  resolve?: Resolve
  /** Connections to one host and port at once; more wait within their time. Default 128. */
  maxConnections?: number
  /** Trusted instead of the well-known authorities, PEM: for providers behind a private one. */
  ca?: string
}

/**
 * Connections whose addresses are checked: a host name is resolved, every address checked, and the connection made to a
 * checked one, so that a second resolution cannot differ. (A literal address is checked by `checkedUrl`.)
 */
export function createAgents(options: AgentOptions): (protocol: string) => Agent {
  const { allowPrivate, resolve = systemResolve } = options
  const pool = {
    keepAlive: true,
    scheduling: 'lifo',
    maxSockets: options.maxConnections ?? 128,
    maxFreeSockets: 16,
    // For idle connections: shorter than what servers keep them for, so that none breaks in our hands.
    timeout: 3_000,
  } as const
  const http = new HttpAgent({ ...pool, lookup: checkedLookup('http:', allowPrivate, resolve) })
  const https = new HttpsAgent({
    ...pool,
    lookup: checkedLookup('https:', allowPrivate, resolve),
    // Said aloud, because an environment variable could turn it off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  return (protocol) => (protocol === 'https:' ? https : http)
}
async function systemResolve(hostname: string): Promise<string[]> {
  const found = await systemLookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

/** For `net.connect`: what it yields is what is connected to. Literal addresses never come here. */
function checkedLookup(protocol: string, allowPrivate: boolean, resolve: Resolve): LookupFunction {
  const check = async (hostname: string): Promise<{ address: string; family: number }[]> => {
    let addresses: string[]
    try {
      addresses = await resolve(hostname)
    } catch (cause) {
      throw outage('dns', { cause, detail: hostname })
    }
    if (addresses.length === 0) throw outage('dns', { detail: hostname })
    for (const address of addresses) {
      if (!mayConnect(protocol, classifyAddress(address), allowPrivate)) {
        throw fault('blocked_address', { detail: `${hostname} is ${address}` })
      }
    }
    return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  }
  return (hostname, { all }, callback) => {
    check(hostname).then(
      (checked) => {
        const [first] = checked
        if (all || first === undefined) callback(null, checked)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => {
        callback(error instanceof UpstreamError ? error : outage('dns', { cause: error }), [])
      },
    )
  }
}
