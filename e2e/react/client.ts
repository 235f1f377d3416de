import { type Auth, AuthError, type AuthOptions } from '@latchkey/browser'
import type { AuthProviderProps } from '@latchkey/react'

type Client = AuthProviderProps['auth']
type Item = Record<string, string>

/** The client with the user's account, over its own `fetch`. */
export function withAccount(auth: Auth, { issuer, clientId }: AuthOptions): Client {
  const read = async (response: Response) => {
    const body = await response.json().catch(() => ({}))
    if (response.ok) return body
    const code = response.status >= 500 ? 'temporarily_unavailable' : body.error
    throw new AuthError(code, 'call', '', { requestId: body.request_id })
  }
  const account = (path: string, method = 'GET') =>
    auth.fetch(`${issuer}/account/${path}`, { method }).then(read)
  const list = async <Made>(name: string, make: (item: Item) => Made): Promise<Made[]> =>
    (await account(name))[name].map(make)

  return Object.assign(auth, {
    async providers() {
      const { providers } = await read(await fetch(`${issuer}/providers?client_id=${clientId}`))
      return providers.map((item: Item) => ({ ...item, signIn: item.sign_in }))
    },
    sessions: {
      list: () => list('sessions', (item) => ({ ...session, ...item, ...times(item) })),
      revoke: (id: string) => account(`sessions/${id}`, 'DELETE'),
    },
    identities: {
      list: () => list('identities', (item) => ({ ...identity, ...item, ...times(item) })),
      link: auth.signIn,
      unlink: (id: string) => account(`identities/${id}`, 'DELETE'),
    },
  })
}

const session = { id: '', clientId: '', provider: '', current: false }
const identity = { id: '', provider: '', subject: '' }
const times = ({ created_at = '', last_used_at = created_at }: Item) => ({
  createdAt: new Date(created_at),
  lastUsedAt: new Date(last_used_at),
})
