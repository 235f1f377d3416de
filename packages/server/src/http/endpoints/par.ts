import type { ClientConfig } from '../../config/types.ts'
import { ApiError, PageError, RedirectError } from '../../errors.ts'
import { newJourneyId } from '../../ids.ts'
import {
  type Intent,
  identifyClient,
  type JourneyRequest,
  pushedSeconds,
  readRequest,
  returnTarget,
} from '../../journey/index.ts'
import { createCallingClient } from '../calling-client.ts'
import type { Ctx, Deps, Endpoint } from '../deps.ts'
import { formEndpoint } from '../form-endpoint.ts'
import { journeyCookies } from '../journey-cookie.ts'
import { type Answer, json } from '../respond.ts'
import { createIntentReader, kindIn } from './par-intent.ts'

const invalid = (description: string) => new ApiError('invalid_request', { status: 400, description })

/**
 * Pushed authorization requests (RFC 9126): judged as at `/authorize`, kept for a minute, brought once by a browser. Only
 * here a signed-in user may start to link a further identity, or to connect an account.
 */
export function par(deps: Deps): Endpoint {
  const { clients, rules, pushed, proofs, bindings, clock } = deps
  const readIntent = createIntentReader(deps)
  const caller = createCallingClient(deps)
  return formEndpoint(deps, answer, undefined, true)

  async function answer(params: URLSearchParams, c: Ctx, headers: Record<string, string>): Promise<Answer> {
    // Where an access token is presented, the client is a public one.
    const basic = /^basic /i.test(c.req.header('authorization') ?? '')
      ? c.req.header('authorization')
      : undefined
    await caller.count(c, 'par', params)
    const client = await caller.authenticate(c, params, basic)
    if (client.sameSite) mustBeOfTheApp(client, c)
    if (params.has('request_uri')) throw invalid('A pushed request cannot refer to another one.')
    const kind = kindIn(params)
    const request = judged(params, client, kind)
    const intent = await readIntent(kind, params, client, request, c)
    const jkt =
      intent.kind === 'sign_in' ? await provedKey(c, request.dpopJkt?.toString('base64url')) : undefined
    const { dpopJkt: _, ...unbound } = request
    // Same-site mode: the journey begins here, in the browser that the app runs in.
    const cookieId = client.sameSite ? newJourneyId() : undefined
    const request_uri = pushed.push({
      // A link or a connect is finished in whatever session the user has then, so its code is bound to no key.
      ...(intent.kind === 'sign_in'
        ? { ...request, ...(jkt === undefined ? {} : { dpopJkt: jkt }) }
        : { ...unbound, intent }),
      ...(cookieId === undefined ? {} : { cookieId }),
    })
    const pushedAnswer = json(201, { request_uri, expires_in: pushedSeconds }, headers)
    if (cookieId === undefined) return pushedAnswer
    const binding = bindings.seal(cookieId, clock.now())
    return { ...pushedAnswer, cookies: journeyCookies(c, deps, cookieId, binding) }
  }

  /** Anybody may push in a public client's name, but only its own page gives a browser the cookie of what it pushed. */
  function mustBeOfTheApp(client: ClientConfig, c: Ctx): void {
    const origin = c.req.header('origin')
    if (origin === undefined || !client.origins.includes(origin)) {
      throw new ApiError('untrusted_origin', {
        status: 403,
        description: 'In same-site mode the app itself pushes its requests, from one of its origins.',
      })
    }
    // The cookie would not be there at the navigation: better said now than to the person.
    if (c.req.header('sec-fetch-site') === 'cross-site') {
      throw new ApiError('not_same_site', {
        status: 403,
        description: 'This browser takes the app and this server for two sites: same_site cannot work.',
      })
    }
  }

  function judged(params: URLSearchParams, client: ClientConfig, kind: Intent['kind']): JourneyRequest {
    try {
      const { redirectUri } = identifyClient(params, clients)
      return readRequest(params, client, returnTarget(params, client, redirectUri), rules, kind)
    } catch (error) {
      // No browser is here to be sent anywhere: the same errors, as JSON.
      if (!(error instanceof RedirectError) && !(error instanceof PageError)) throw error
      const { code, description } = error
      throw new ApiError(code === 'invalid_redirect_uri' ? 'invalid_request' : code, {
        status: 400,
        description,
        cause: error,
      })
    }
  }

  /** A proof sent here binds the code to its key (RFC 9449 section 10.1). */
  async function provedKey(c: Ctx, named: string | undefined): Promise<Buffer | undefined> {
    const header = c.req.header('dpop')
    if (header === undefined) return
    const jkt = await proofs.atPar(header)
    if (named !== undefined && named !== jkt) throw invalid('dpop_jkt names another key than the proof’s.')
    return Buffer.from(jkt, 'base64url')
  }
}
