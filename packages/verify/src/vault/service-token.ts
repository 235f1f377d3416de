import { type Call, callLatchkey } from './call.ts'
import { VaultError } from './error.ts'
import { createOnceAtATime } from './once-at-a-time.ts'
import type { VaultConfig } from './options.ts'

/** Calls Latchkey as this service. */
export type AsService = (
  call: Omit<Call, 'headers'> & { readonly json?: object },
) => ReturnType<typeof callLatchkey>

/** Works with this service's own token; where Latchkey takes it no more, once more with another, unless `again` is false. */
export type WithToken = <T>(work: (token: string) => Promise<T>, options?: { again?: boolean }) => Promise<T>

/** A token that ends so soon might end on its way. */
const spareMs = 20_000

/**
 * Gets this service its own access token by `client_credentials` (RFC 6749 section 4.4), keeps it until shortly before its
 * end, and gets another when Latchkey takes it no more: its signing keys may have been revoked.
 */
export function createAsService(config: VaultConfig): { asService: AsService; withToken: WithToken } {
  const { base, authenticate, clock } = config
  const onceAtATime = createOnceAtATime<string>()
  let held: { token: string; until: number } | undefined

  async function fetchToken(): Promise<string> {
    const now = clock.now()
    const { headers, params } = authenticate(now)
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...params })
    const answer = await callLatchkey({ method: 'POST', url: `${base}/token`, headers, body }, config)
    const { access_token: token, expires_in: seconds } = answer
    if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token) || typeof seconds !== 'number') {
      throw new VaultError('unexpected_answer')
    }
    held = { token, until: now + seconds * 1000 - spareMs }
    return token
  }

  const currentToken = () =>
    held !== undefined && clock.now() < held.until
      ? Promise.resolve(held.token)
      : onceAtATime('token', fetchToken)

  async function attempt({ json, ...call }: Parameters<AsService>[0], token: string) {
    return callLatchkey(
      {
        ...call,
        headers: {
          authorization: `Bearer ${token}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      },
      config,
    )
  }

  const withToken: WithToken = async (work, { again = true } = {}) => {
    const token = await currentToken()
    try {
      return await work(token)
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'unauthenticated') throw error
      if (held?.token === token) held = undefined
      if (!again) throw error
      return work(await currentToken())
    }
  }

  return { withToken, asService: (call) => withToken((token) => attempt(call, token)) }
}
