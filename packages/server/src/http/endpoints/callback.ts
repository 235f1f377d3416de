import { ApiError, PageError } from '../../errors.ts'
import { isJourneyId } from '../../ids.ts'
import { finish, type Intent, type Journey, journeyLifetime, rethrowForSpa } from '../../journey/index.ts'
import type { Upstream } from '../../upstream/index.ts'
import type { Ctx, Deps, Endpoint } from '../deps.ts'
import { hasRepeated, queryOf, readForm } from '../form.ts'
import { goTo, returnUrl } from '../respond.ts'
import { backOnError, wrongBrowser } from './authorize.ts'

/** Bytes of a form_post answer that still fit a URL once sealed. */
const mostStashBytes = 6_000
/** Milliseconds between the provider's POST and our own GET. */
const stashLifetime = 60_000

const invalidCallback = (detail: string, intent?: Intent) =>
  new PageError('invalid_callback', {
    status: 400,
    description: 'The provider sent an answer that cannot be read.',
    detail,
    connecting: intent?.kind === 'connect',
  })

/**
 * The provider's answer. Rule after rule, none of which looks at what the response happens to contain before the
 * browser has shown the journey's cookie.
 */
export function callback(deps: Deps): Endpoint {
  const { config, clock, cookies, bindings, journeys, storage, callbackUris, signIn, events, rules, vault } =
    deps
  return async (c) => {
    const upstream = upstreamOf(c, deps)
    const query = queryOf(c.req.raw)
    const id = query.get('state') ?? ''
    const sealed = isJourneyId(id) ? cookies.read(c.req.header('cookie')).get(id) : undefined
    const journey = sealed === undefined ? undefined : journeys.open(sealed, id, clock.now())
    await deps.limits.count(c, 'callback', journey?.clientId)
    const params = readAnswer(query, deps, upstream)
    if (hasRepeated(params)) throw invalidCallback('a parameter is repeated')
    if (!isJourneyId(id)) throw invalidCallback('state is missing or malformed')

    if (journey === undefined) {
      throw new PageError('wrong_browser', {
        status: 403,
        // Whose journey it is, and what for, only the cookie tells.
        ...wrongBrowser({ kind: rules.providers.get(upstream.id)?.signIn === true ? 'sign_in' : 'connect' }),
        detail: sealed === undefined ? 'no cookie' : 'the cookie does not open or is too old',
      })
    }
    const { intent } = journey
    if (journey.provider !== upstream.id) throw invalidCallback('the path is another provider’s', intent)

    const dropped = [cookies.drop(id)]
    // In same-site mode the browser has to show it once more, with the code.
    const done = journey.cookieId === undefined ? dropped : [cookies.set(id, bindings.seal(id, clock.now()))]
    const keepIdToken = (idToken: string, userId: string) =>
      deps.upstreamIdTokens.seal(idToken, { provider: upstream.id, userId })
    const tell = (
      type: 'sign_in.failed' | 'user.signed_in',
      data: Record<string, unknown>,
      subject?: string,
    ) => {
      // A link and a connect have events of their own, when they are finished.
      if (intent.kind !== 'sign_in') return
      events.emit(type, {
        requestId: c.var.requestId,
        data: { provider: upstream.id, client_id: journey.clientId, ...data },
        ...(subject === undefined ? {} : { subject }),
      })
    }
    return backOnError(
      c,
      deps,
      journey,
      async () => {
        await firstUse(id, journey)
        const arrival = { id, journey, params, requestId: c.var.requestId }
        const { code, grant } = await finish(arrival, {
          upstream,
          callbackUri: callbackUris.get(upstream.id) ?? '',
          clock,
          oneTime: storage.oneTime,
          signIn,
          codeSeconds: config.tokens.codeSeconds,
          quarantine: vault.quarantine,
          ...(upstream.signOutUrl === undefined ? {} : { keepIdToken }),
        }).catch((error: unknown) => {
          tell('sign_in.failed', { error: codeOf(error) })
          throw error
        })
        tell('user.signed_in', {}, grant.userId)
        return goTo('GET', returnUrl(journey, config.issuer, { code }), { cookies: done })
      },
      dropped,
    )
  }

  /** From here on the journey is known: whatever fails now is for the SPA to hear. */
  async function firstUse(id: string, { startedAt, intent }: Journey): Promise<void> {
    const outcome = await storage.oneTime
      .consumeOnce({ kind: 'journey', key: id }, clock.now(), { expiresAt: startedAt + journeyLifetime })
      .catch(rethrowForSpa(intent))
    if (outcome.outcome === 'consumed') return
    const connecting = intent.kind === 'connect'
    throw new PageError('journey_used', {
      status: 400,
      description: `This ${connecting ? 'connection' : 'sign-in'} was finished already.`,
      connecting,
    })
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'server_error'

/**
 * The callback of a provider that answers by form_post. A cross-site POST brings no Lax cookie, so the answer is sealed
 * into the URL of a GET to ourselves, where the cookie is. Nothing is stored for whoever cares to post here.
 */
export function callbackPost(deps: Deps): Endpoint {
  const { formPost, clock, callbackUris } = deps
  return async (c) => {
    const upstream = upstreamOf(c, deps)
    if (upstream.responseMode !== 'form_post') {
      throw new PageError('method_not_allowed', {
        status: 405,
        description: 'This provider answers by GET.',
        headers: { Allow: 'GET' },
      })
    }
    // Whose journey it is the cookie tells, with the GET.
    await deps.limits.count(c, 'form_post', undefined)
    const params = await readForm(c.req.raw).catch((error: unknown) => {
      throw error instanceof ApiError ? invalidCallback(error.description) : error
    })
    const state = params.get('state')
    if (hasRepeated(params)) throw invalidCallback('a parameter is repeated')
    if (state === null || !isJourneyId(state)) throw invalidCallback('state is missing or malformed')
    const stash = Buffer.from(JSON.stringify([clock.now() + stashLifetime, params.toString()]))
    if (stash.length > mostStashBytes) throw invalidCallback('the form is too large')
    const url = new URL(callbackUris.get(upstream.id) ?? '')
    url.search = new URLSearchParams({
      state,
      form: formPost.seal(stash, placeOf(upstream.id, state)),
    }).toString()
    return goTo('POST', url.href)
  }
}

const placeOf = (provider: string, state: string) => `${provider}/${state}`

/** The parameters, in the one response mode that we asked for. */
function readAnswer(query: URLSearchParams, deps: Deps, upstream: Upstream): URLSearchParams {
  if (upstream.responseMode !== 'form_post') return query
  if (hasRepeated(query)) throw invalidCallback('a parameter is repeated')
  const state = query.get('state') ?? ''
  const opened = deps.formPost.open(query.get('form') ?? '', placeOf(upstream.id, state))
  if (opened === undefined) throw invalidCallback('no form_post answer')
  const [expiresAt, form]: [number, string] = JSON.parse(opened.toString('utf8'))
  if (deps.clock.now() >= expiresAt) throw invalidCallback('the form_post answer is too old')
  return new URLSearchParams(form)
}

function upstreamOf(c: Ctx, deps: Deps): Upstream {
  const upstream = deps.upstreams.get(c.req.param('provider') ?? '')
  if (upstream === undefined) {
    throw new PageError('not_found', { status: 404, description: 'There is no such provider here.' })
  }
  return upstream
}
