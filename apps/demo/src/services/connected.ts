import { createVault, VaultError } from '@latchkey/verify/vault'

/** What came of using a user's connected account: what the provider's API said, or why it was not asked. */
export interface UseReport {
  status: number
  body: object
}

/**
 * Uses an account that a user has connected: asks Latchkey for its token, in this service's own name, and calls the
 * provider's API with it. The token goes there and nowhere else.
 */
export function createConnected(options: { issuer: string; id: string; secret: string; api: string }) {
  const { api, ...asking } = options
  // Nothing is kept here, so that each use shows what Latchkey does.
  const vault = createVault({ ...asking, cacheSeconds: 0 })
  return async (user: string, connectionId: string): Promise<UseReport> => {
    try {
      // Whoever calls names a connection: it has to be theirs.
      const own = (await vault.connections({ user })).find(({ id }) => id === connectionId)
      if (own === undefined) return { status: 404, body: { error: 'no_connection' } }
      const answer = await vault.fetch({ connectionId }, `${api}/agenda`)
      // The provider refused the token and the next one, too: Latchkey knows by now whether its user is needed.
      if (answer.status === 401) await vault.token({ connectionId })
      return {
        status: answer.status === 401 ? 409 : 200,
        body: {
          account: own.account.label ?? own.account.subject,
          api: `${api}/agenda`,
          answered: answer.status,
          said: await answer.json().catch(() => null),
        },
      }
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      const { code, reason, retryAfterSeconds, requestId } = error
      return {
        status: code === 'temporarily_unavailable' ? 503 : 409,
        body: {
          error: code,
          ...(reason === undefined ? {} : { reason }),
          ...(retryAfterSeconds === undefined ? {} : { retry_after: retryAfterSeconds }),
          ...(requestId === undefined ? {} : { request_id: requestId }),
        },
      }
    }
  }
}
