import { type AddressClass, classifyAddress } from '../upstream/net/address.ts'

/** What a host is, as far as its name tells; `name` when only resolving it would. Takes `URL.hostname`. */
export function classifyHost(hostname: string): AddressClass | 'name' {
  if (hostname === 'localhost') return 'loopback'
  if (hostname.startsWith('[')) return classifyAddress(hostname.slice(1, -1))
  return /^[\d.]+$/.test(hostname) ? classifyAddress(hostname) : 'name'
}

/** `localhost`, 127.0.0.0/8 or ::1. */
export const isLoopbackHost = (hostname: string): boolean => classifyHost(hostname) === 'loopback'
