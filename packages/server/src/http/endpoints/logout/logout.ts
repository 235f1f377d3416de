import { PageError } from '../../../errors.ts'
import { type Departure, decideLogout, readIdTokenHint } from '../../../session/index.ts'
import type { Session } from '../../../storage/index.ts'
import { UpstreamError } from '../../../upstream/index.ts'
import type { Ctx, Deps, Endpoint } from '../../deps.ts'
import { hasRepeated, queryOf, readForm } from '../../form.ts'
import { isNavigation } from '../../navigation.ts'
import { type Answer, goTo } from '../../respond.ts'
import { addressOf, depart, endPage } from './depart.ts'

const invalid = (description: string) => new PageError('invalid_request', { status: 400, description })

/**
 * OpenID Connect RP-Initiated Logout 1.0. There is no session cookie that a foreign page could use: a request ends the one
 * session that its `id_token_hint` names, or none.
 */
export function logout(deps: Deps): Endpoint {
  const { config, keys, clients, sessions } = deps
  return async (c) => {
    if (!isNavigation(c)) throw invalid('Signing out happens in a window of its own, not inside a page.')
    const params = c.req.method === 'POST' ? await readForm(c.req.raw) : queryOf(c.req.raw)
    if (hasRepeated(params)) throw invalid('A parameter is repeated.')
    const given = params.get('id_token_hint') || undefined
    const rules = { issuer: config.issuer, keys, clients }
    const hint = given === undefined ? 'missing' : ((await readIdTokenHint(given, rules)) ?? 'invalid')
    const decision = decideLogout(params, hint, clients)

    if (decision.kind === 'refuse') throw invalid(decision.description)
    if (decision.kind === 'ask') {
      const { client, back } = decision
      c.var.logger.info({ id_token_hint: decision.hint }, 'sign-out without a session')
      return endPage(c, {
        kind: 'ask',
        ...(client === undefined ? {} : { app: client.id }),
        ...(back === undefined ? {} : { back }),
        ...(decision.hint === 'invalid' ? { code: 'invalid_id_token_hint' } : {}),
      })
    }
    const { client, way } = decision
    const session = await sessions.endHinted(decision.hint, c.var.requestId)
    if (session === undefined) {
      const { uri } = way
      const back = uri === undefined ? {} : { back: addressOf({ ...way, uri }) }
      return endPage(c, { kind: 'over', app: client.id, ...back })
    }
    return (await onToProvider(c, deps, session, decision)) ?? depart(c, decision)
  }
}

/**
 * The provider's own sign-out, where it is configured and the provider has one. Ours is done by now: what fails here costs
 * only that, and is logged.
 */
async function onToProvider(
  c: Ctx,
  deps: Deps,
  session: Session,
  departure: Departure,
): Promise<Answer | undefined> {
  const { provider, userId, sealedIdToken } = session
  const upstream = deps.upstreams.get(provider)
  if (upstream?.signOutUrl === undefined) return
  const hint = sealedIdToken && deps.upstreamIdTokens.open(sealedIdToken, { provider, userId })
  try {
    const url = await upstream.signOutUrl({
      postLogoutRedirectUri: `${deps.config.issuer}/logout/done/${provider}`,
      state: deps.departures.seal(departure, provider),
      ...(hint === undefined ? {} : { idTokenHint: hint }),
    })
    if (url !== undefined) return goTo(c.req.method, url.href, { providerName: upstream.name })
    c.var.logger.warn({ provider }, 'the provider has no end_session_endpoint: signed out here alone')
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    c.var.logger.warn({ provider, reason: error.summary }, 'signed out here, not at the provider')
  }
  return
}
