import { type Auth, AuthError, type AuthState } from '@latchkey/browser'
import { useEffect, useRef, useState } from 'react'
import type { DemoConfig } from '../config.ts'
import { requestIdIn } from '../journey/story.ts'
import { useAfter, useAuth } from './auth.ts'
import { claimsOf, describeClaims } from './claims.ts'
import { Icon } from './Icon.tsx'
import { Journey } from './Journey.tsx'
import { Places } from './Places.tsx'
import { Problem } from './Problem.tsx'
import { useProviders } from './providers.ts'
import { Services } from './Services.tsx'
import { Session } from './Session.tsx'
import { SignIn } from './SignIn.tsx'
import { Token } from './Token.tsx'
import { started, useStory, type Which } from './trace.ts'
import { Waiting } from './Waiting.tsx'

interface Failure {
  code: string
  requestId: string | undefined
}

/** The whole page: who is signed in, what may be called, and how it came about. */
export function App({ auth, config }: { auth: Auth; config: DemoConfig }) {
  const state = useAuth(auth)
  const { providers, retry } = useProviders(config.issuer, config.clientId)
  const [leaving, setLeaving] = useState<string>()
  const [leavingApp, setLeavingApp] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const claims = useClaims(auth, state)
  const heading = useRef<HTMLHeadingElement>(null)

  const ended = reasonOf(state)
  useEffect(() => setFailure(ended && { code: ended.code, requestId: ended.requestId }), [ended])

  const told = useStory(journeyOf(state, claims, ended), { page: config.page, provider: config.provider })

  const signIn = async (provider: string) => {
    if (leaving !== undefined) return
    setLeaving(provider)
    setFailure(undefined)
    started.note(provider)
    try {
      const named = provider === '' ? {} : { provider }
      await auth.signIn({ ...named, ...(state.status === 'signed-in' ? { prompt: 'select_account' } : {}) })
    } catch (error) {
      setFailure(asFailure(error))
    }
    setLeaving(undefined)
  }
  const signOut = async () => {
    if (leavingApp) return
    setLeavingApp(true)
    try {
      await auth.signOut()
    } catch (error) {
      setFailure(asFailure(error))
    }
    setLeavingApp(false)
    heading.current?.focus()
  }

  const pending = state.status === 'pending'
  const signedIn = state.status === 'signed-in'
  const name = signedIn ? (state.user.name ?? state.user.email ?? 'somebody without a name') : undefined
  const idp = typeof claims?.idp === 'string' ? claims.idp : undefined
  const nameOf = (id: string | undefined) =>
    (providers.status === 'there' ? providers.list.find((each) => each.id === id)?.name : undefined) ?? id
  const last = started.read()

  return (
    <>
      <header className="top">
        <Icon name="latchkey" />
        <span className="wordmark">latchkey</span>
        <span className="quiet">demo</span>
      </header>
      <main>
        <div className="hero">
          <h1 ref={heading} tabIndex={-1} className={pending ? 'late' : undefined}>
            {pending && 'One moment'}
            {signedIn && (
              <>
                Signed in as <bdi>{name}</bdi>
              </>
            )}
            {!pending && !signedIn && 'Sign in across sites'}
          </h1>
          <p className={pending ? 'lead late' : 'lead'}>
            {signedIn
              ? 'No session cookie, no token in a URL. The services below accept or refuse the token on their own.'
              : 'This page and the server that signs you in are on different sites. No third-party cookie, no session cookie, no token in a URL.'}
          </p>
        </div>
        {failure && (
          <Problem
            key={failure.code}
            code={failure.code}
            requestId={failure.requestId ?? requestIdIn(told)}
            onRetry={last && !signedIn ? () => signIn(last.provider) : undefined}
            onDismiss={() => {
              setFailure(undefined)
              heading.current?.focus()
            }}
          />
        )}
        {signedIn ? (
          <div className="halves signed-in">
            <Session
              user={state.user}
              provider={nameOf(idp) ?? ''}
              busy={leavingApp ? 'sign-out' : leaving === undefined ? undefined : 'switch'}
              onSignOut={signOut}
              onSwitch={() => signIn(idp ?? '')}
            />
            <Services auth={auth} config={config} audience={listed(claims?.aud)} />
            <Token claims={describeClaims(claims ?? {})} />
          </div>
        ) : (
          <div className="halves">
            {pending ? (
              <Waiting />
            ) : (
              <SignIn
                providers={providers}
                retry={retry}
                broken={config.broken}
                leaving={leaving}
                onSignIn={signIn}
              />
            )}
            <Places config={config} />
          </div>
        )}
        <Journey told={told} />
      </main>
      <Announcer signedInAs={name} leaving={nameOf(leaving)} />
    </>
  )
}

/** Says changes that are only seen otherwise. */
function Announcer({ signedInAs, leaving }: { signedInAs: string | undefined; leaving: string | undefined }) {
  const slow = useAfter(leaving !== undefined, 8000)
  const text = slow
    ? 'Still waiting for Latchkey. See whether it runs.'
    : leaving !== undefined
      ? `Going to ${leaving || 'Latchkey'}`
      : signedInAs !== undefined
        ? `Signed in as ${signedInAs}`
        : ''
  return (
    <p role="status" className={slow ? 'slow' : 'visually-hidden'}>
      {text}
    </p>
  )
}

/** The claims of the access token while somebody is signed in. */
function useClaims(auth: Auth, state: AuthState): Record<string, unknown> | undefined {
  const [claims, setClaims] = useState<Record<string, unknown>>()
  useEffect(() => {
    if (state.status !== 'signed-in') return setClaims(undefined)
    let stale = false
    auth.getAccessToken().then(
      (token) => stale || setClaims(claimsOf(token)),
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [auth, state])
  return claims
}

function reasonOf(state: AuthState): AuthError | undefined {
  if (state.status === 'error') return state.error
  return state.status === 'signed-out' ? state.reason : undefined
}

function journeyOf(
  state: AuthState,
  claims: Record<string, unknown> | undefined,
  ended: AuthError | undefined,
): Which | undefined {
  if (state.status === 'signed-in')
    return typeof claims?.sid === 'string' ? { session: claims.sid } : undefined
  const last = started.read()
  return ended !== undefined && last !== undefined ? { since: last.at } : undefined
}

const asFailure = (error: unknown): Failure =>
  error instanceof AuthError
    ? { code: error.code, requestId: error.requestId }
    : { code: 'unexpected', requestId: undefined }

/** `aud` is a string or a list of them (RFC 7519 section 4.1.3). */
const listed = (audience: unknown): string =>
  Array.isArray(audience) ? audience.join(' and ') : typeof audience === 'string' ? audience : ''
