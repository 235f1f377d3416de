import type { RefreshRules, ServiceConfig } from '../config/types.ts'
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

/** What of a connection a service may have. `some`: a token with these scopes alone, where the provider makes one. */
export type Allowance = { kind: 'all' | 'none' } | { kind: 'some'; scopes: string[] }

export function allowanceOf(
  service: Pick<ServiceConfig, 'vault'>,
  connection: Pick<Connection, 'provider' | 'grantedScopes' | 'renewable'>,
  rules: Pick<RefreshRules, 'narrowsScopes'> | undefined,
): Allowance {
  if (mayUse(service, connection)) return { kind: 'all' }
  const { provider, grantedScopes, renewable } = connection
  if (!renewable || rules?.narrowsScopes !== true || !listsProvider(service, provider))
    return { kind: 'none' }
  const listed = service.vault[provider] ?? []
  const scopes = grantedScopes.filter((scope) => listed.includes(scope))
  return scopes.length === 0 ? { kind: 'none' } : { kind: 'some', scopes }
}
