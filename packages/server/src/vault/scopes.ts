/** Scopes in the order in which they are named, each once. */
const unique = (scopes: readonly string[]): string[] => [...new Set(scopes)]

/**
 * What is asked for at the provider: what the app names, else what the configuration does. Whoever connects the same
 * account anew keeps what was asked for before, and adds to it.
 */
export function wantedScopes(given: {
  named?: readonly string[]
  configured: readonly string[]
  /** What was asked for when the connection was made that is to be made anew. */
  before?: readonly string[]
}): string[] {
  const { named, configured, before } = given
  return before === undefined ? unique(named ?? configured) : unique([...before, ...(named ?? [])])
}

/** Of a provider's answer: separated by spaces, each once. */
export const scopesIn = (scope: string): string[] => unique(scope.split(' ').filter((one) => one !== ''))

/** What was granted: a provider that says nothing granted what it was asked for (RFC 6749 section 5.1). */
export const grantedScopes = (scope: string | undefined, requested: readonly string[]): string[] =>
  scope === undefined ? unique(requested) : scopesIn(scope)
