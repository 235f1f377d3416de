import { createHash } from 'node:crypto'
import { ask, serviceWithSecret } from '../support/service.ts'

export interface Reply {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

/** A micro service that asks the vault, by the book. */
export interface VaultCaller {
  id: string
  secret: string
  /** At the address of one server among several, when it is not the issuer's. */
  token(connectionId: string, at?: string): Promise<Reply>
  report(connectionId: string, body: object): Promise<Reply>
  list(query?: Record<string, string>): Promise<Reply>
  exchange(params: Record<string, string>): Promise<Reply>
  /** Its own access token. */
  ownToken(): Promise<string>
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

export function vaultCaller(id: string, issuer: () => string): VaultCaller {
  const { basic, secret } = serviceWithSecret(id)
  let own: string | undefined

  async function ownToken(): Promise<string> {
    if (own === undefined) {
      const { body } = await ask(`${issuer()}/token`, { grant_type: 'client_credentials' }, basic)
      own = String(body.access_token)
    }
    return own
  }

  async function call(path: string, init: RequestInit = {}, at = issuer()): Promise<Reply> {
    const headers = { ...init.headers, Authorization: `Bearer ${await ownToken()}` }
    const response = await fetch(`${at}/vault/connections${path}`, { ...init, headers })
    const body: Record<string, unknown> = JSON.parse(await response.text())
    return { status: response.status, headers: response.headers, body }
  }

  return {
    ...{ id, secret, ownToken },
    token: (connectionId, at) => call(`/${connectionId}/token`, { method: 'POST' }, at),
    report: (connectionId, body) =>
      call(`/${connectionId}/report`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    list: (query = {}) => call(`?${new URLSearchParams(query)}`),
    exchange: (params) =>
      ask(
        `${issuer()}/token`,
        {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          ...params,
        },
        basic,
      ),
  }
}
