import type { ClientConfig } from '../../config/types.ts'
import { AnsweredError, PageError, RedirectError } from '../../errors.ts'
import {
  begin,
  clientOf,
  doing,
  type Intent,
  identifyClient,
  type JourneyRequest,
  type PushedReference,
  type ReturnTarget,
  readRequest,
  rethrowForSpa,
  returnTarget,
} from '../../journey/index.ts'
import type { Ctx, Deps, Endpoint } from '../deps.ts'
import { hasRepeated, queryOf, readForm } from '../form.ts'
import { holdsCookieOf, journeyCookies } from '../journey-cookie.ts'
import { isNavigation } from '../navigation.ts'
import { chooserPage } from '../pages/index.ts'
import { type Answer, goTo, page, returnUrl } from '../respond.ts'

/** What a sealed journey belongs to while the person chooses. */
export const chooserPlace = 'chooser'

/** The start (RFC 6749 section 4.1.1), as a navigation. */
export function authorize(deps: Deps): Endpoint {
  const { config, clients, rules } = deps
  return async (c) => {
    const params = c.req.method === 'POST' ? await readForm(c.req.raw) : queryOf(c.req.raw)
    await deps.limits.count(c, 'authorize', params.get('client_id') ?? undefined)
    const requestUri = params.get('request_uri')
    if (requestUri !== null && deps.pushed.isOurs(requestUri)) return bringPushed(c, deps, params, requestUri)
    const { client, redirectUri } = identifyClient(params, clients)
    mustBeNavigation(c)
    mustBeStartedBy(client, c, config.issuer)
    if (client.sameSite) throw untrusted('This app’s sign-in begins at the app, not at this address.')
    const target = returnTarget(params, client, redirectUri)
    return backOnError(c, deps, target, async () => {
      if (client.requirePushedAuthorizationRequests) {
        throw new RedirectError('invalid_request', 'this client must push its requests (RFC 9126)')
      }
      const request = readRequest(params, client, target, rules)
      return request.provider === undefined
        ? choose(c, deps, request)
        : sendOn(c, deps, request, request.provider)
    })
  }
}

/** A pushed request (RFC 9126 section 4): `client_id` and its name are all that counts of what the browser brings. */
async function bringPushed(c: Ctx, deps: Deps, params: URLSearchParams, requestUri: string): Promise<Answer> {
  const client = clientOf(params, deps.clients)
  const read = hasRepeated(params) ? undefined : deps.pushed.read(requestUri, client.id)
  const intent = read?.request.intent
  mustBeNavigation(c, intent)
  // In same-site mode the cookie proves more than an Origin, which a GET does not carry.
  if (!(client.sameSite && c.req.method === 'GET')) mustBeStartedBy(client, c, deps.config.issuer, intent)
  if (read === undefined) throw usedUp()
  const { request, pushed } = read
  if (client.sameSite || request.cookieId !== undefined) mustHoldCookie(c, deps, request)
  const { provider, cookieId } = request
  const go = async () => {
    if (provider === undefined) return choose(c, deps, request, pushed)
    if (!(await deps.pushed.useUp(pushed).catch(rethrowForSpa(request.intent)))) throw usedUp()
    return sendOn(c, deps, request, provider)
  }
  return backOnError(c, deps, request, go, cookieId === undefined ? [] : [deps.cookies.drop(cookieId)])
}

export const usedUp = (): PageError =>
  new PageError('invalid_request', {
    status: 400,
    description: 'The app’s request was used before, is more than a minute old, or is another app’s.',
  })

/** Same-site mode: the request goes on in the browser that it was pushed from, and in no other. */
export function mustHoldCookie(c: Ctx, deps: Deps, { cookieId, intent }: JourneyRequest): void {
  if (cookieId !== undefined && holdsCookieOf(c, deps, cookieId)) return
  throw new PageError('wrong_browser', {
    status: 403,
    ...wrongBrowser(intent),
    detail: cookieId === undefined ? 'pushed without a cookie' : 'no cookie of this journey',
  })
}

/** What a person reads whose browser did not start what it came with. */
export const wrongBrowser = ({ kind }: Pick<Intent, 'kind'>) => ({
  description: `This browser did not start this ${kind === 'connect' ? 'connection' : 'sign-in'}, or has finished it already.`,
  connecting: kind === 'connect',
})

function mustBeNavigation(c: Ctx, intent: Intent = signingIn): void {
  if (isNavigation(c)) return
  throw untrusted(`${capital(doing(intent))} starts in a window of its own, not inside a page.`, intent)
}

const signingIn: Intent = { kind: 'sign_in' }
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * A form POST carries the Origin of the page that sent it, and no page of an attacker can carry the SPA's: so nobody
 * can make a browser finish a journey whose challenge is somebody else's. A GET carries none, hence the opt-in.
 */
function mustBeStartedBy(client: ClientConfig, c: Ctx, issuer: string, intent: Intent = signingIn): void {
  const what = doing(intent)
  if (c.req.method === 'GET') {
    if (client.allowGetAuthorize) return
    throw untrusted(`This app starts ${what} by a form, not by a link.`, intent)
  }
  const origin = c.req.header('origin')
  if (origin === undefined || !client.origins.includes(origin)) {
    const { host } = new URL(issuer)
    throw untrusted(`${capital(what)} was not started by the app itself. ${host} refused to go on.`, intent)
  }
}

const untrusted = (description: string, { kind }: Intent = signingIn) =>
  new PageError('untrusted_origin', { status: 403, description, connecting: kind === 'connect' })

/**
 * The journey's errors go to the SPA, those that nobody foresaw among them (RFC 6749 section 4.1.2.1, `server_error`):
 * it knows the way on, a page of ours does not. What was thrown as a page or an answer stays one.
 */
export async function backOnError(
  c: Ctx,
  deps: Deps,
  target: ReturnTarget & { intent?: Intent },
  go: () => Promise<Answer>,
  cookies: string[] = [],
): Promise<Answer> {
  try {
    return await go()
  } catch (error) {
    if (error instanceof AnsweredError) throw error
    const { code, description, detail } = error instanceof RedirectError ? error : unforeseen(target.intent)
    const logged = { error_code: code, ...(detail === undefined ? {} : { detail }) }
    if (error instanceof RedirectError) c.var.logger.info(logged, 'journey ended with an error')
    else c.var.logger.error({ ...logged, error }, 'journey failed')
    const answer = { error: code, error_description: description, request_id: c.var.requestId }
    return goTo(c.req.method, returnUrl(target, deps.config.issuer, answer), { cookies })
  }
}

const unforeseen = (intent: Intent = signingIn) =>
  new RedirectError('server_error', `${doing(intent)} failed; the log tells why under this request id`)

async function choose(
  c: Ctx,
  deps: Deps,
  request: JourneyRequest,
  pushed?: PushedReference,
): Promise<Answer> {
  const { chooser, clock, config, rules } = deps
  const choices = config.providers.filter(({ id }) => {
    const known = rules.providers.get(id)
    return known?.signIn === true && (request.maxAge === undefined || known.provesAuthTime)
  })
  const journey = { ...request, seed: Buffer.alloc(32), startedAt: clock.now() }
  const sealed = chooser.seal(pushed === undefined ? journey : { ...journey, pushed }, chooserPlace)
  const html = chooserPage({
    app: request.clientId,
    providers: choices.map(({ id, name, logo }) => ({ id, name, ...(logo === undefined ? {} : { logo }) })),
    action: `${config.issuer}/authorize/choose`,
    sealed,
    requestId: c.var.requestId,
  })
  const images = choices.flatMap(({ logo }) => logo ?? [])
  return page(200, html, { forms: true, images })
}

/** On to the provider, with the journey's cookie. */
export async function sendOn(c: Ctx, deps: Deps, request: JourneyRequest, provider: string): Promise<Answer> {
  const { upstreams, callbackUris, clock, journeys, config } = deps
  const upstream = upstreams.get(provider)
  const callbackUri = callbackUris.get(provider)
  if (upstream === undefined || callbackUri === undefined) throw new Error('a provider without an upstream')
  const { id, sealed, location } = await begin(request, upstream, { clock, codec: journeys, callbackUri })
  c.var.logger.debug({ client_id: request.clientId, provider }, 'journey started')
  const name = config.providers.find((known) => known.id === provider)?.name
  return goTo(c.req.method, location.href, {
    cookies: journeyCookies(c, deps, id, sealed),
    ...(name === undefined ? {} : { providerName: name }),
  })
}
