import type { Client } from './client.ts'
import { readDirectory } from './directory.ts'
import { createDpopKey } from './dpop-key.ts'
import { isEmbedded } from './embedded.ts'
import { random, sha256 } from './encoding.ts'
import { AuthError } from './errors.ts'
import { type Journey, journeyKey, journeySeconds, popupPrefix } from './journey.ts'
import { type Fields, formBody, isOriginHidden, submit, untilShownAgain } from './leave.ts'
import { finishInPopup } from './popup.ts'
import { bareRequest, sendSigned, sleep, watchPolicy } from './request.ts'
import { safeReturnTo } from './return-to.ts'
import { mayBeSameSite } from './same-site.ts'
import { readAnswer } from './token-endpoint.ts'
import type { ConnectOptions, Outcome, SignInOptions } from './types.ts'

/** How a journey begins. */
export interface Start extends SignInOptions, Partial<Omit<ConnectOptions, 'provider'>> {
  intent: Journey['intent']
  /** The window that was opened for it; `null` when the browser blocked it, `undefined` when this page leaves. */
  popup: Window | null | undefined
}

/**
 * Leaves for the server: a form POST navigation, whose `Origin` the server checks.
 *
 * In a popup it resolves, to what it came to, once the journey is finished here; else only if the page comes back as it was (Back, from the
 * bfcache).
 * @throws AuthError of phase `start`; in a popup, what ended the journey; the signal's reason
 */
export async function startJourney(client: Client, start: Start): Promise<Outcome | undefined> {
  const { context, kv, session } = client
  const { issuer } = context
  const { popup, signal } = start
  const state = `${popup ? popupPrefix : 'lk.'}${random(32)}`
  session.forget()
  let stop = () => {}
  try {
    refuse(client, start)
    const [journey, fields] = await prepare(client, start, state)
    await kv.update<Journey>(journeyKey(state), () => journey)
    if (!popup && !kv.durable()) throw new AuthError('storage_unavailable', 'start')
    if (await isOriginHidden())
      throw new AuthError('origin_hidden', 'start', 'serve Referrer-Policy: strict-origin')
    const pushed = journey.intent !== 'sign_in' || journey.credentials === 'include'
    const sent = pushed ? await push(client, journey, fields, signal) : fields
    signal?.throwIfAborted()
    // It is still ours to look at: nothing has been loaded there.
    if (popup?.closed) throw new AuthError('access_denied', 'start')
    const blocked = new Promise<never>((_, reject) => {
      stop = watchPolicy(issuer, 'start', reject)
    })
    const finished = popup ? finishInPopup(client, state, journey, signal) : untilShownAgain()
    submit(`${issuer}/authorize`, sent, popup?.name)
    // A blocked form is told at once; later it is something else that is blocked.
    if (popup) void sleep(1_000).then(stop)
    const outcome = await Promise.race([blocked, finished])
    if (outcome && start.returnTo !== undefined) context.navigate(journey.returnTo)
    return outcome
  } catch (error) {
    await kv.update(journeyKey(state), () => undefined)
    throw error
  } finally {
    stop()
  }
}

/** What cannot or must not start. */
function refuse({ context, session }: Client, { intent, popup }: Start): void {
  if (context.embeddedBrowsers !== 'allow' && isEmbedded(navigator.userAgent))
    throw new AuthError('embedded_browser', 'start')
  if (popup === null) throw new AuthError('popup_blocked', 'start')
  if (intent === 'sign_in') return
  if (!session.user()) throw new AuthError('signed_out', 'start')
  // A link that is only opened must not lead into linking or connecting. Older browsers do not say.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive)
    throw new AuthError('gesture_missing', 'start')
}

/** What is remembered, and what the server is asked. */
async function prepare(
  { context, session }: Client,
  { intent, returnTo = location.href, ...options }: Start,
  state: string,
): Promise<[Journey, Fields]> {
  const { clientId, issuer, redirectUri } = context
  const verifier = random(32)
  const sameSite = mayBeSameSite(location.href, issuer) && (await readDirectory(context)).sameSite
  const common = {
    parameters: { code_verifier: verifier, redirect_uri: redirectUri },
    credentials: sameSite ? 'include' : 'omit',
    returnTo: safeReturnTo(returnTo, location.origin),
    expires: Date.now() + journeySeconds * 1000,
  } as const
  // RFC 6749 section 4.1.1, RFC 7636, OIDC Core section 3.1.2.1.
  const fields = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: await sha256(verifier),
    code_challenge_method: 'S256',
    state,
    provider: options.provider,
    login_hint: options.loginHint,
    prompt: options.prompt,
    ui_locales: options.locale,
    invite: options.invite,
  }
  if (intent !== 'sign_in')
    return [
      { ...common, intent, sub: session.user()?.sub ?? '' },
      {
        ...fields,
        intent,
        provider_scope: options.scopes?.join(' '),
        connection_id: options.connectionId,
      },
    ]
  const key = await createDpopKey()
  // RFC 8707, RFC 9449 section 10.
  const { scope, resources: resource } = context
  return [
    { ...common, intent, key },
    { ...fields, scope, resource, dpop_jkt: key.jkt },
  ]
}

/**
 * Pushes the request (RFC 9126): linking and connecting are asked for with the user's token, which a form cannot carry,
 * and in same-site mode the answer brings the journey's cookie.
 */
async function push(
  { context, send }: Client,
  journey: Journey,
  fields: Fields,
  signal?: AbortSignal,
): Promise<Fields> {
  const timeout = AbortSignal.timeout(20_000)
  const request = bareRequest(
    `${context.issuer}/par`,
    { method: 'POST', body: formBody(fields), signal: signal ? AbortSignal.any([signal, timeout]) : timeout },
    journey.credentials,
  )
  const response = await (journey.intent === 'sign_in'
    ? sendSigned(context, request, 'start', journey.key)
    : send(request))
  const { request_uri } = await readAnswer(context, response, 'start')
  if (typeof request_uri !== 'string') throw new AuthError('invalid_response', 'start')
  return { client_id: context.clientId, request_uri }
}
