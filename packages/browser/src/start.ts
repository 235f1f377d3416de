import { createDpopKey, type DpopKey } from './dpop.ts'
import { random, sha256 } from './encoding.ts'
import { AuthError } from './errors.ts'
import type { Kv } from './kv.ts'
import type { Settings } from './options.ts'
import { sleep, watchPolicy } from './request.ts'
import { safeReturnTo } from './return-to.ts'
import type { SignInOptions } from './types.ts'

/** Any number of journeys at once; whatever a URL says is `state`, it names nothing else. */
export const journeyKey = (state: string | null): string => `journey ${state}`

/** One trip to a provider and back, as remembered on the device until then. */
export interface Journey {
  key: DpopKey
  /** For redeeming its code, besides that. */
  parameters: { code_verifier: string; redirect_uri: string }
  /** A path of this origin. */
  returnTo: string
  /** Milliseconds: ten minutes from the start, by the device's clock. */
  expires: number
}

/**
 * Leaves for the server: a form POST navigation, whose `Origin` the server checks.
 *
 * Resolves only if the page comes back as it was (Back, from the bfcache).
 * @throws AuthError `blocked_by_csp`, `origin_hidden`, `storage_unavailable`; the signal's reason
 */
export async function startSignIn(settings: Settings, kv: Kv, options: SignInOptions): Promise<void> {
  const { redirectUri } = settings
  const returnTo = safeReturnTo(options.returnTo ?? location.href, location.origin)
  const key = await createDpopKey()
  const verifier = random(32)
  const state = `lk.${random(32)}`
  const journey: Journey = {
    key,
    parameters: { code_verifier: verifier, redirect_uri: redirectUri },
    returnTo,
    expires: Date.now() + 600_000,
  }
  await kv.update(journeyKey(state), () => journey)
  if (!kv.durable()) throw new AuthError('storage_unavailable', 'start')
  // A cross-origin form POST from this page would say `Origin: null`.
  if (!(await frameReferrer('')) && (await frameReferrer('origin')))
    throw new AuthError('origin_hidden', 'start', 'serve Referrer-Policy: strict-origin')
  // RFC 6749 section 4.1.1, RFC 7636, RFC 8707, RFC 9449 section 10, OIDC Core section 3.1.2.1.
  const fields = {
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: await sha256(verifier),
    code_challenge_method: 'S256',
    state,
    scope: settings.scope,
    dpop_jkt: key.jkt,
    provider: options.provider,
    login_hint: options.loginHint,
    prompt: options.prompt,
    ui_locales: options.locale,
    resource: settings.resources,
  }
  options.signal?.throwIfAborted()
  await leave(fields, settings.issuer)
}

function leave(
  fields: Record<string, string | readonly string[] | undefined>,
  issuer: string,
): Promise<void> {
  const form = element('form', { method: 'POST', action: `${issuer}/authorize` })
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values ?? []].flat()) form.append(element('input', { type: 'hidden', name, value }))
  }
  document.documentElement.append(form)
  form.submit()
  form.remove()
  return new Promise((resolve, reject) => {
    const stop = watchPolicy(issuer, 'start', (error) => {
      stop()
      reject(error)
    })
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      stop()
      resolve()
    })
  })
}

/**
 * The referrer of an empty frame: what the page's policy, or one of its own, lets out. No API tells the page's policy;
 * a frame with its own tells whether the browser shows it at all.
 */
async function frameReferrer(referrerPolicy: ReferrerPolicy): Promise<string | undefined> {
  // A page that enforces Trusted Types takes an empty document of this type only.
  const srcdoc = Reflect.get(globalThis, 'trustedTypes')?.emptyHTML ?? ''
  const frame = element('iframe', { hidden: true, referrerPolicy, srcdoc })
  const loaded = new Promise((resolve) => {
    frame.onload = resolve
  })
  document.documentElement.append(frame)
  await Promise.race([loaded, sleep(200)])
  const referrer = frame.contentDocument?.referrer
  frame.remove()
  return referrer
}

const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] => Object.assign(document.createElement(name), properties)
