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
 * @throws AuthError `blocked_by_csp`, `origin_hidden`, `storage_unavailable`, `insecure_context`; the signal's reason
 */
export async function startSignIn(settings: Settings, kv: Kv, options: SignInOptions): Promise<void> {
  const { clientId, redirectUri, scope, resources, issuer } = settings
  const { provider, loginHint, prompt, locale, signal } = options
  const here = location.href.split('#')[0] === redirectUri ? '/' : location.href
  const returnTo = safeReturnTo(options.returnTo ?? here, location.origin)
  signal?.throwIfAborted()

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
  if (!kv.durable()) throw new AuthError('storage_unavailable', 'start', 'IndexedDB does not work here')
  if (await originIsHidden())
    throw new AuthError('origin_hidden', 'start', "set the page's Referrer-Policy to strict-origin")
  // RFC 6749 section 4.1.1, RFC 7636, RFC 8707, RFC 9449 section 10, OIDC Core section 3.1.2.1.
  const fields = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: await sha256(verifier),
    code_challenge_method: 'S256',
    state,
    scope,
    dpop_jkt: key.jkt,
    provider,
    login_hint: loginHint,
    prompt,
    ui_locales: locale,
    resource: resources,
  }
  signal?.throwIfAborted()
  await leave(fields, issuer)
}

function leave(
  fields: Record<string, string | readonly string[] | undefined>,
  issuer: string,
): Promise<void> {
  const form = document.createElement('form')
  form.method = 'POST'
  form.action = `${issuer}/authorize`
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values ?? []].flat()) {
      const input = document.createElement('input')
      input.type = 'hidden'
      input.name = name
      input.value = value
      form.append(input)
    }
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
 * Whether a cross-origin form POST from this page would say `Origin: null`. No API tells, but an empty frame's referrer
 * shows what the page's policy lets out; another one, with a policy of its own, whether the browser shows it at all.
 */
async function originIsHidden(): Promise<boolean> {
  return !(await frameReferrer('')) && !!(await frameReferrer('origin'))
}

async function frameReferrer(policy: ReferrerPolicy): Promise<string | undefined> {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.referrerPolicy = policy
  // A page that enforces Trusted Types takes an empty document of this type only.
  frame.srcdoc = Reflect.get(globalThis, 'trustedTypes')?.emptyHTML ?? ''
  const loaded = new Promise((resolve) => {
    frame.onload = resolve
  })
  document.documentElement.append(frame)
  await Promise.race([loaded, sleep(200)])
  const referrer = frame.contentDocument?.referrer
  frame.remove()
  return referrer
}
