import type { ServiceConfig } from '../config/types.ts'
import type { Connection } from '../storage/index.ts'

/** Whether a service's policy names a provider at all. */
export const listsProvider = ({ vault }: Pick<ServiceConfig, 'vault'>, provider: string): boolean =>
  Object.hasOwn(vault, provider)

/**
 * Whether a service's policy lets it have a connection's token: it lists the provider, and every scope that was granted,
 * since a token cannot be split. `['*']` lists all.
 */
export function mayUse(
  { vault }: Pick<ServiceConfig, 'vault'>,
  { provider, grantedScopes }: Pick<Connection, 'provider' | 'grantedScopes'>,
): boolean {
  const scopes = Object.hasOwn(vault, provider) ? (vault[provider] ?? []) : undefined
  if (scopes === undefined) return false
  return scopes.includes('*') || grantedScopes.every((scope) => scopes.includes(scope))
}
