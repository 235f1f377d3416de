import type { ClientConfig, ResponseMode } from '../config/types.ts'
import { PageError, RedirectError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import { fromBase64url } from '../sealing/index.ts'
import type { Intent, Journey } from './journey.ts'

/** What the start of a journey checks against. */
export interface RequestRules {
  clients: ReadonlyMap<string, ClientConfig>
  providers: ReadonlyMap<string, ProviderAbilities>
}

/** What a provider is good for. */
export interface ProviderAbilities {
  /** It proves `auth_time`. */
  provesAuthTime: boolean
  /** It signs users in; only such an account can be linked. */
  signIn: boolean
  /** Accounts there can be connected. */
  connect: boolean
}

/** Where the SPA hears of the end of the journey, known before anything else is looked at. */
export interface ReturnTarget {
  redirectUri: string
  responseMode: ResponseMode
  state?: string
}

export type JourneyRequest = Omit<Journey, 'seed' | 'startedAt' | 'pushed' | 'temporary'>

const most = {
  state: 512,
  scope: 1024,
  nonce: 512,
  loginHint: 320,
  uiLocales: 256,
  invite: 128,
  resources: 8,
  resource: 512,
}
const prompts = ['login', 'select_account', 'consent']

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')
const invalid = (description: string) => new RedirectError('invalid_request', description)

/** @throws PageError `invalid_client` */
export function clientOf(params: URLSearchParams, clients: RequestRules['clients']): ClientConfig {
  const [clientId, ...further] = params.getAll('client_id')
  const client = clientId === undefined || further.length > 0 ? undefined : clients.get(clientId)
  if (client !== undefined) return client
  throw new PageError('invalid_client', {
    status: 400,
    description: 'The app that sent you here is not registered.',
  })
}

/**
 * The client and its redirect URI (RFC 6749 section 4.1.2.1: without them there is no redirect). Exact string match.
 * @throws PageError `invalid_client`, `invalid_redirect_uri`
 */
export function identifyClient(
  params: URLSearchParams,
  clients: RequestRules['clients'],
): { client: ClientConfig; redirectUri: string } {
  const client = clientOf(params, clients)
  const [redirectUri, ...furtherUris] = params.getAll('redirect_uri')
  if (redirectUri === undefined || furtherUris.length > 0 || !client.redirectUris.includes(redirectUri)) {
    throw new PageError('invalid_redirect_uri', {
      status: 400,
      description: 'The app asked to return to an address that is not registered for it.',
    })
  }
  return { client, redirectUri }
}

/** How an answer reaches the SPA, even for a request that is wrong in other ways. */
export function returnTarget(
  params: URLSearchParams,
  client: ClientConfig,
  redirectUri: string,
): ReturnTarget {
  const modes = params.getAll('response_mode')
  const asked = modes.length === 1 ? client.responseModes.find((mode) => mode === modes[0]) : undefined
  const states = params.getAll('state')
  const [state] = states
  const echo = states.length === 1 && state !== undefined && bytes(state) <= most.state
  return {
    redirectUri,
    responseMode: asked ?? client.responseModes[0] ?? 'fragment',
    ...(echo ? { state } : {}),
  }
}

/**
 * Judges a request of a known client, rule after rule in the order written here. Whose journey it is, where `kind` says
 * that it is a user's, is not asked here.
 * @throws RedirectError
 */
export function readRequest(
  params: URLSearchParams,
  client: ClientConfig,
  target: ReturnTarget,
  rules: RequestRules,
  kind: Intent['kind'] = 'sign_in',
): JourneyRequest {
  refuseRepeated(params)
  const one = (name: string): string | undefined => params.get(name) ?? undefined
  if (bytes(one('state') ?? '') > most.state) throw invalid('state is longer than 512 bytes')
  if (params.has('request'))
    throw new RedirectError('request_not_supported', 'request objects are not supported')
  if (params.has('request_uri'))
    throw new RedirectError('request_uri_not_supported', 'this request_uri is not known here')
  checkResponseType(one('response_type'))
  checkResponseMode(one('response_mode'), client)
  const codeChallenge = readCodeChallenge(one('code_challenge'), one('code_challenge_method'))
  const dpopJkt = readThumbprint(one('dpop_jkt'))
  const scope = readScope(one('scope'), client)
  const resources = readResources(params.getAll('resource'), client)
  const nonce = readText(one('nonce'), 'nonce', most.nonce)
  const prompt = readPrompt(one('prompt'))
  const loginHint = readText(one('login_hint'), 'login_hint', most.loginHint)
  const uiLocales = readText(one('ui_locales'), 'ui_locales', most.uiLocales)
  const maxAge = readMaxAge(one('max_age'))
  const invite = readText(one('invite'), 'invite', most.invite)
  const provider = one('provider')
  if (provider !== undefined) checkProvider(provider, maxAge, rules, kind)

  return {
    intent: { kind: 'sign_in' },
    clientId: client.id,
    ...target,
    codeChallenge,
    scope,
    resources,
    hints: {
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(prompt === undefined ? {} : { prompt }),
      ...(uiLocales === undefined ? {} : { uiLocales }),
    },
    ...(dpopJkt === undefined ? {} : { dpopJkt }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(maxAge === undefined ? {} : { maxAge }),
    // Whether it is good shows when a user would be made: for anybody else it does not matter.
    ...(invite === undefined ? {} : { inviteHash: hashOf(invite) }),
    ...(provider === undefined ? {} : { provider }),
  }
}

/** Also asked once the person has chosen. */
export function checkProvider(
  provider: string,
  maxAge: number | undefined,
  rules: RequestRules,
  kind: Intent['kind'] = 'sign_in',
): void {
  const known = rules.providers.get(provider)
  if (known === undefined) throw invalid('provider is not one of the configured ones')
  if (kind === 'connect' ? !known.connect : !known.signIn) {
    throw invalid(`provider is not one ${kind === 'connect' ? 'to connect' : 'to sign in with'}`)
  }
  // What we ask for we must be able to verify (OIDC Core section 3.1.2.1).
  if (maxAge !== undefined && !known.provesAuthTime) throw invalid('this provider cannot prove max_age')
}

/** RFC 6749 section 3.1; `resource` alone may repeat (RFC 8707 section 2). */
function refuseRepeated(params: URLSearchParams): void {
  const seen = new Set<string>()
  for (const name of params.keys()) {
    if (seen.has(name) && name !== 'resource') throw invalid('a parameter is repeated')
    seen.add(name)
  }
}

function checkResponseType(responseType: string | undefined): void {
  if (responseType === undefined) throw invalid('response_type is missing')
  if (responseType !== 'code')
    throw new RedirectError('unsupported_response_type', 'response_type must be code')
}

function checkResponseMode(mode: string | undefined, client: ClientConfig): void {
  if (mode !== undefined && !client.responseModes.some((allowed) => allowed === mode)) {
    throw invalid('response_mode is not one that the client may use')
  }
}

/** S256 alone (RFC 9700 section 2.1.1): neither half may be missing, so that nothing can be downgraded. */
function readCodeChallenge(challenge: string | undefined, method: string | undefined): Buffer {
  if (challenge === undefined) throw invalid('code_challenge is missing')
  if (method !== 'S256') throw invalid('code_challenge_method must be S256')
  const decoded = fromBase64url(challenge)
  if (decoded?.length !== 32) throw invalid('code_challenge must be 43 characters of base64url')
  return decoded
}

function readThumbprint(jkt: string | undefined): Buffer | undefined {
  if (jkt === undefined) return
  const decoded = fromBase64url(jkt)
  if (decoded?.length !== 32) throw invalid('dpop_jkt must be 43 characters of base64url')
  return decoded
}

/** RFC 6749 section 3.3. What is not listed for the client is refused, not dropped: the SPA learns of its mistake. */
function readScope(scope: string | undefined, client: ClientConfig): string {
  if (scope === undefined) return ''
  if (bytes(scope) > most.scope) throw invalid('scope is longer than 1,024 bytes')
  const tokens = [...new Set(scope.split(' ').filter((token) => token !== ''))]
  if (!tokens.every((token) => client.scopes.includes(token))) {
    throw new RedirectError('invalid_scope', 'a scope is not one that the client may ask for')
  }
  return tokens.join(' ')
}

function readResources(resources: string[], client: ClientConfig): string[] {
  if (resources.length > most.resources) throw invalid('resource appears more than 8 times')
  if (!resources.every((resource) => client.resources.includes(resource))) {
    throw new RedirectError('invalid_target', 'a resource is not one that the client may ask for')
  }
  return [...new Set(resources)]
}

function readPrompt(prompt: string | undefined): string | undefined {
  if (prompt === undefined) return
  const values = prompt.split(' ').filter((value) => value !== '')
  if (values.includes('none')) {
    // There is no session at this server that could answer without a person (design: no SSO cookie).
    throw values.length > 1
      ? invalid('prompt=none stands alone')
      : new RedirectError('login_required', 'signing in needs the person')
  }
  if (!values.every((value) => prompts.includes(value))) throw invalid('prompt has an unknown value')
  return values.join(' ')
}

function readText(text: string | undefined, name: string, limit: number): string | undefined {
  if (text !== undefined && bytes(text) > limit) throw invalid(`${name} is longer than ${limit} bytes`)
  return text
}

function readMaxAge(maxAge: string | undefined): number | undefined {
  if (maxAge === undefined) return
  if (!/^\d{1,9}$/.test(maxAge)) throw invalid('max_age must be a number of seconds')
  return Number(maxAge)
}
