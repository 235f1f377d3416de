import type { Entry, Placeholder } from '../entry.ts'
import type { Quirk } from './quirk.ts'

const asksFor = (kind: Placeholder['kind']) => (entry: Entry) =>
  Object.values(entry.tenant ?? {}).some((placeholder) => placeholder.kind === kind)

/** Hosts, registration and what becomes of them. */
export const placeQuirks: readonly Quirk[] = [
  { name: 'tenant-subdomain', description: 'a tenant subdomain in the URLs', holds: asksFor('label') },
  {
    name: 'tenant-host',
    description: 'a tenant host in the URLs',
    holds: (entry) => asksFor('host')(entry) && entry.domains.length > 0,
  },
  {
    name: 'self-hosted-host',
    description: 'self-hosted, any host',
    holds: ({ domains }) => domains.length === 0,
  },
  { name: 'region-hosts', description: 'regional hosts', holds: asksFor('choice') },
  { name: 'tenant-from-api-call', description: 'the tenant id needs an API call after connecting' },
  {
    name: 'nonstandard-discovery-path',
    description: 'the discovery document is at another path',
    holds: ({ endpoints }) => endpoints.discovery !== undefined,
  },
  { name: 'discovery-lacks-scopes', description: 'the discovery metadata is incomplete' },
  { name: 'scope-spelling', description: 'a scope is spelled differently in discovery' },
  {
    name: 'sandbox-discovery-shows-production',
    description: "the sandbox's discovery names production hosts",
  },
  {
    name: 'https-callback-only',
    description: 'the callback must be https',
    holds: ({ localhost }) => localhost === 'https-only' || localhost === 'forbidden',
  },
  {
    name: 'localhost-name-forbidden',
    description: 'localhost is refused, 127.0.0.1 accepted',
    holds: ({ localhost }) => localhost === 'loopback-ip-only',
  },
  { name: 'host-renamed', description: 'the host was renamed, the old one is still seen' },
  { name: 'old-endpoints-in-libraries', description: 'libraries still have old endpoints' },
  {
    name: 'api-being-retired',
    description: 'the API is being retired',
    holds: ({ ending }) => ending !== undefined,
  },
]
