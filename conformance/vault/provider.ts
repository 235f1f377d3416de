import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

/** How the token endpoint takes the next requests. */
export type Mood =
  | 'well'
  /** 503. */
  | 'out'
  /** 429, with `Retry-After: 30`. */
  | 'limited'
  /** It does not know our client any more. */
  | 'misconfigured'
  /** It spends the refresh token, and its answer is lost. */
  | 'lost'
  /** It reads the request and never answers. */
  | 'silent'

type Answer = 'tokens' | 'invalid_grant' | 'invalid_scope' | Mood

/** A provider's token endpoint by RFC 6749 section 6 whose refresh tokens are good for one use: nothing of ours. */
export interface SingleUseProvider {
  /** For `providers`. */
  entry: {
    type: 'oauth2'
    authorization_endpoint: string
    token_endpoint: string
    revocation_endpoint: string
    userinfo_endpoint: string
    client_id: string
    client_secret: string
    subject: string
    sign_in: false
    connect: true
  }
  /** How it takes a refresh that asks for scopes. */
  narrows: 'as asked' | 'silently' | 'with more' | 'never'
  /** A grant of an account: its tokens. */
  grant(account: string): { accessToken: string; refreshToken: string }
  /** The user takes the grant back. */
  revoke(account: string): void
  mood: Mood
  /** Whether the refresh token that was spent last gives the same successor again. */
  grace: boolean
  /** Access tokens that are good: the last one of each account. */
  isGood(accessToken: string): boolean
  /** Every request so far, by what came of it. */
  readonly requests: { account: string; answer: Answer; presented: string; scope?: string }[]
  /** Called when a request was judged, before it is answered. */
  onRequest: (() => Promise<void>) | undefined
  /** Told with new tokens, in seconds. */
  refreshExpiresIn: number | undefined
  /** Tokens that were given back (RFC 7009). */
  readonly givenBack: string[]
  close(): Promise<void>
}

interface Grant {
  generation: number
  revoked: boolean
}

const tokensOf = (account: string, generation: number) => ({
  accessToken: `at.${account}.${generation}`,
  refreshToken: `rt.${account}.${generation}`,
})

export async function startSingleUseProvider(): Promise<SingleUseProvider> {
  const grants = new Map<string, Grant>()
  const requests: SingleUseProvider['requests'] = []
  const givenBack: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      let text = ''
      for await (const chunk of request.setEncoding('utf8')) text += chunk
      const params = new URLSearchParams(text)
      if (request.url === '/revoke') {
        givenBack.push(params.get('token') ?? '')
        response.end()
      } else await answer(params, response)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

  /** What comes of a request; nobody hears of `lost` and `silent`. */
  function judge(account: string, used: string, scope: string | null): Answer {
    const { mood, grace, narrows } = provider
    if (mood !== 'well' && mood !== 'lost') return mood
    if (scope !== null && narrows === 'never') return 'invalid_scope'
    const grant = grants.get(account)
    const again = grace && Number(used) === (grant?.generation ?? 0) - 1
    if (grant === undefined || grant.revoked || (Number(used) !== grant.generation && !again)) {
      return 'invalid_grant'
    }
    if (!again) grant.generation++
    return mood === 'lost' ? 'lost' : 'tokens'
  }

  async function answer(params: URLSearchParams, response: ServerResponse): Promise<void> {
    const presented = params.get('refresh_token') ?? ''
    const [, account = '', used = ''] = presented.split('.')
    const scope = params.get('scope')
    const came = judge(account, used, scope)
    requests.push({ account, answer: came, presented, ...(scope === null ? {} : { scope }) })
    // A reconnect may come in between.
    const given = grants.get(account)?.generation ?? 0
    await provider.onRequest?.()
    if (came === 'lost') response.destroy()
    if (came === 'lost' || came === 'silent') return
    const { accessToken, refreshToken } = tokensOf(account, given)
    const tokens = {
      ...{ access_token: accessToken, refresh_token: refreshToken },
      ...(scope === null ? {} : narrowed(accessToken, scope)),
      ...(provider.refreshExpiresIn === undefined ? {} : { refresh_expires_in: provider.refreshExpiresIn }),
    }
    const [status, body, headers] = {
      tokens: [200, { ...tokens, token_type: 'Bearer', expires_in: 3600 }, {}] as const,
      invalid_grant: [400, { error: 'invalid_grant' }, {}] as const,
      invalid_scope: [400, { error: 'invalid_scope' }, {}] as const,
      misconfigured: [401, { error: 'invalid_client' }, {}] as const,
      limited: [429, {}, { 'Retry-After': '30' }] as const,
      out: [503, {}, {}] as const,
      well: [500, {}, {}] as const,
    }[came]
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

  function narrowed(accessToken: string, scope: string) {
    const { narrows } = provider
    return {
      access_token: `${accessToken}.${scope.replaceAll(' ', '+')}`,
      ...(narrows === 'silently' ? {} : { scope: narrows === 'with more' ? `${scope} admin` : scope }),
    }
  }

  const provider: SingleUseProvider = {
    narrows: 'as asked',
    entry: {
      type: 'oauth2',
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      revocation_endpoint: `${origin}/revoke`,
      userinfo_endpoint: `${origin}/userinfo`,
      ...{ client_id: 'latchkey', client_secret: 'provider-secret', subject: 'id' },
      ...{ sign_in: false, connect: true },
    },
    grant(account) {
      grants.set(account, { generation: 1, revoked: false })
      return tokensOf(account, 1)
    },
    revoke(account) {
      const grant = grants.get(account)
      if (grant !== undefined) grant.revoked = true
    },
    ...{ mood: 'well', grace: false, requests, givenBack, onRequest: undefined },
    refreshExpiresIn: undefined,
    isGood(accessToken) {
      const [, account = '', generation] = accessToken.split('.')
      return grants.get(account)?.generation === Number(generation)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}
