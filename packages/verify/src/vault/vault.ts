import { createHash } from 'node:crypto'
import { createBoundedMap } from '../bounded-map.ts'
import { text } from '../option.ts'
import { isPrivateOnItsWay } from '../url.ts'
import {
  readConnections,
  readToken,
  type VaultConnection,
  type VaultSignature,
  type VaultToken,
} from './answers.ts'
import { VaultError } from './error.ts'
import { createOnceAtATime } from './once-at-a-time.ts'
import { readVaultOptions, type VaultOptions } from './options.ts'
import { createAsService } from './service-token.ts'
import { createSign, type ToSign, withForm } from './signed.ts'
import { createThrough } from './through.ts'

/** Whose token: the account that a user has connected at a provider, or one connection by its id. */
export type Whose = { readonly user: string; readonly provider: string } | { readonly connectionId: string }

export type Vault = {
  /**
   * A token that works now, for at least a minute or half of its lifetime: from here while it is fresh, else from Latchkey,
   * which renews it where need be. Any number of callers at once cause one call.
   *
   * @throws VaultError
   */
  token(whose: Whose): Promise<VaultToken>
  /**
   * Tells Latchkey that the provider answered 401 to this token. It is renewed, or found to need its user.
   * `active`: ask for a token again. A token that is not the current one any more is ignored there.
   *
   * @throws VaultError
   */
  report(token: VaultToken): Promise<'active' | 'needs_reconnect'>
  /**
   * Calls the provider's API with the token in the Authorization header. After a 401 the token is reported and the call
   * made once more with the next one, unless its body was a stream. The URL is the caller's to choose: the token goes there. Where
   * tokens are not handed out (OAuth 1.0a) the request is signed instead, or made by way of Latchkey: then it must lead to one of
   * the provider's `api_hosts`.
   *
   * @throws VaultError; TypeError for a URL that is neither https nor on loopback; whatever `fetch` throws
   */
  fetch(whose: Whose, input: string | URL, init?: RequestInit): Promise<Response>
  /**
   * The Authorization header of a request to an API of OAuth 1.0a, whose secrets stay in Latchkey: for this request, once, at once.
   * The URL's host is one of the provider's `api_hosts` there. `fetch` does this by itself.
   *
   * @throws VaultError: `unsupported_token_type` also where a signature would be the secrets themselves (`PLAINTEXT`): then `proxy`
   *   works; TypeError for a URL that is neither https nor on loopback
   */
  sign(whose: Whose, request: ToSign): Promise<VaultSignature>
  /**
   * Calls the provider's API by way of Latchkey, so that its token never comes here: the URL's host is one of the provider's
   * `api_hosts` there. What the provider answers comes back as it is, 401 and redirects too; bodies of any size stream. No time is
   * set: give a `signal`.
   *
   * @throws VaultError: `temporarily_unavailable`, with a reason such as `timeout` or `connection`, also where the host could not be
   *   called, and the request may have been carried out; TypeError for a URL that is neither https nor on loopback
   */
  proxy(whose: Whose, input: string | URL, init?: RequestInit): Promise<Response>
  /**
   * What this service may use, of one user or one provider or of all, page after page.
   *
   * @throws VaultError
   */
  connections(filter?: { readonly user?: string; readonly provider?: string }): Promise<VaultConnection[]>
}

/** Pages of one list: more than a hundred thousand connections are not read at once. */
const maxPages = 1000
/** A token is not used in its last seconds: the way to the provider takes time. */
const spareMs = 10_000

/**
 * The vault of a Latchkey, for a micro service: providers' tokens that work, or a reason that a person can act on.
 *
 * @throws TypeError naming the option
 */
export function createVault(options: VaultOptions): Vault {
  const config = readVaultOptions(options)
  const { base, clock, cacheMs } = config
  const { asService, withToken } = createAsService(config)
  const through = createThrough(config, withToken)
  const signFor = createSign(config, asService)
  /** Connections whose tokens are not handed out. */
  const signing = createBoundedMap<true>(config.maxTokens)
  /** Tokens by connection, and which connection a user's account at a provider is. */
  const kept = createBoundedMap<{ token: VaultToken; until: number }>(config.maxTokens)
  const known = createBoundedMap<{ connectionId: string; until: number }>(config.maxTokens)
  const onceAtATime = createOnceAtATime<VaultToken>()

  async function connections(filter: { user?: string; provider?: string } = {}): Promise<VaultConnection[]> {
    const all: VaultConnection[] = []
    const query = new URLSearchParams()
    if (filter.user !== undefined) query.set('user', text('user', filter.user))
    if (filter.provider !== undefined) query.set('provider', text('provider', filter.provider))
    for (let pages = 0; pages < maxPages; pages += 1) {
      const answer = await asService({ method: 'GET', url: `${base}/vault/connections?${query}` })
      const { page, cursor } = readConnections(answer)
      all.push(...page)
      if (cursor === undefined) return all
      query.set('cursor', cursor)
    }
    throw new VaultError('unexpected_answer')
  }

  async function lookUp(whose: { user: string; provider: string }): Promise<string> {
    const found = await connections(whose)
    const [first, ...others] = found
    if (first === undefined) throw new VaultError('no_connection')
    if (others.length > 0) {
      throw new VaultError('several_connections', { connectionIds: found.map(({ id }) => id) })
    }
    known.set(keyOf(whose), { connectionId: first.id, until: clock.now() + cacheMs })
    return first.id
  }

  async function ask(connectionId: string): Promise<VaultToken> {
    const url = `${base}/vault/connections/${encodeURIComponent(connectionId)}/token`
    try {
      const token = readToken(await asService({ method: 'POST', url }), connectionId)
      const end = token.expiresAt === undefined ? Number.POSITIVE_INFINITY : token.expiresAt - spareMs
      kept.set(connectionId, { token, until: Math.min(clock.now() + cacheMs, end) })
      return token
    } catch (error) {
      throw error instanceof VaultError ? naming(connectionId, error) : error
    }
  }

  async function askFor(whose: Whose, connectionId: string | undefined): Promise<VaultToken> {
    if ('connectionId' in whose) return ask(text('connectionId', whose.connectionId))
    if (connectionId === undefined) return ask(await lookUp(whose))
    try {
      return await ask(connectionId)
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'no_connection') throw error
      // Disconnected, and perhaps connected anew since.
      return ask(await lookUp(whose))
    }
  }

  function connectionOf(whose: Whose): string | undefined {
    if ('connectionId' in whose) return whose.connectionId
    const one = known.get(keyOf(whose))
    return one !== undefined && clock.now() < one.until ? one.connectionId : undefined
  }

  async function token(whose: Whose): Promise<VaultToken> {
    const connectionId = connectionOf(whose)
    const held = connectionId === undefined ? undefined : kept.get(connectionId)
    if (held !== undefined && clock.now() < held.until) return held.token
    return onceAtATime(keyOf(whose), () => askFor(whose, connectionId))
  }

  async function report({ connectionId, accessToken }: VaultToken): Promise<'active' | 'needs_reconnect'> {
    // Whoever asks next hears what Latchkey says; a newer token stays.
    const held = kept.get(connectionId)
    if (held?.token.accessToken === accessToken) kept.set(connectionId, { ...held, until: 0 })
    return reportOf(connectionId, accessToken)
  }

  /** For a connection, and once more where it was replaced by another since. */
  async function withConnection<T>(
    whose: Whose,
    work: (connectionId: string) => Promise<T>,
    { again = true } = {},
  ): Promise<T> {
    if ('connectionId' in whose) return work(text('connectionId', whose.connectionId))
    const known = connectionOf(whose)
    if (known === undefined) return work(await lookUp(whose))
    try {
      return await work(known)
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'no_connection') throw error
      // Disconnected, and perhaps connected anew since.
      const anew = await lookUp(whose)
      if (anew === known || !again) throw error
      return work(anew)
    }
  }

  async function proxy(whose: Whose, input: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = securely(input)
    const again = !(init.body instanceof ReadableStream)
    return withConnection(whose, (connectionId) => through(connectionId, url, init), { again })
  }

  async function sign(whose: Whose, request: ToSign): Promise<VaultSignature> {
    const url = securely(request.url)
    return withConnection(whose, (connectionId) => signFor(connectionId, { ...request, url }))
  }

  async function tokenUnlessSigned(whose: Whose): Promise<VaultToken | undefined> {
    const connectionId = connectionOf(whose)
    if (connectionId !== undefined && signing.get(connectionId) === true) return undefined
    try {
      return await token(whose)
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'unsupported_token_type') throw error
      if (error.connectionId !== undefined) signing.set(error.connectionId, true)
      return undefined
    }
  }

  async function fetchSigned(whose: Whose, url: URL, given: RequestInit): Promise<Response> {
    const { form, init } = withForm(given)
    const request = { method: init.method ?? 'GET', url, ...(form === undefined ? {} : { form }) }
    try {
      const { authorization } = await sign(whose, request)
      init.headers.set('authorization', authorization)
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'unsupported_token_type') throw error
      // The signature would be the secrets.
      return proxy(whose, url, init)
    }
    const response = await config.fetch(url, { redirect: 'error', ...init })
    if (response.status === 401) await withConnection(whose, reportOf)
    return response
  }

  /** Which token it was, only Latchkey knows. */
  async function reportOf(connectionId: string, accessToken?: string): Promise<'active' | 'needs_reconnect'> {
    const hash =
      accessToken === undefined ? undefined : createHash('sha256').update(accessToken).digest('base64url')
    const { status } = await asService({
      method: 'POST',
      url: `${base}/vault/connections/${encodeURIComponent(connectionId)}/report`,
      json: { status: 401, ...(hash === undefined ? {} : { access_token_hash: hash }) },
    })
    if (status !== 'active' && status !== 'needs_reconnect') throw new VaultError('unexpected_answer')
    return status
  }

  return {
    token,
    connections,
    report,

    proxy,
    sign,

    async fetch(whose, input, init = {}) {
      const url = securely(input)
      const send = ({ tokenType, accessToken }: VaultToken) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `${tokenType} ${accessToken}`)
        return config.fetch(url, { redirect: 'error', ...init, headers })
      }
      const first = await tokenUnlessSigned(whose)
      if (first === undefined) return fetchSigned(whose, url, init)
      const response = await send(first)
      if (response.status !== 401) return response
      const status = await report(first)
      if (status === 'needs_reconnect' || init.body instanceof ReadableStream) return response
      await response.body?.cancel()
      return send(await token(whose))
    },
  }
}

const keyOf = (whose: Whose): string =>
  'connectionId' in whose ? whose.connectionId : JSON.stringify([whose.user, whose.provider])

function naming(connectionId: string, error: VaultError): VaultError {
  const { code, retryAfterSeconds, reason, requestId, cause } = error
  return new VaultError(code, { retryAfterSeconds, reason, requestId, cause, connectionId })
}

/** @throws TypeError: a token must not cross the network in clear */
function securely(input: string | URL): URL {
  const url = new URL(input)
  if (!isPrivateOnItsWay(url)) {
    throw new TypeError('the URL must be https (http only on loopback)')
  }
  return url
}
