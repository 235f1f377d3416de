import { type Auth, AuthError, type AuthState } from '@latchkey/browser'
import { useAuth } from '@latchkey/react'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import type { DemoConfig } from '../config.ts'
import { requestIdIn } from '../journey/story.ts'
import { Account } from './Account.tsx'
import { useAfter } from './auth.ts'
import { Connections } from './Connections.tsx'
import { claimsOf, describeClaims } from './claims.ts'
import { ExpiryRing } from './ExpiryRing.tsx'
import { Icon } from './Icon.tsx'
import { Journey } from './Journey.tsx'
import { Mishaps } from './Mishaps.tsx'
import type { Mishaps as MishapSource } from './mishaps.ts'
import { Places } from './Places.tsx'
import { Problem } from './Problem.tsx'
import { useProviders } from './providers.ts'
import { go, type Route, routes, useRoute } from './route.ts'
import { Services } from './Services.tsx'
import { Session } from './Session.tsx'
import { SignIn } from './SignIn.tsx'
import { Tabs } from './Tabs.tsx'
import { Token } from './Token.tsx'
import type { Tabs as TabSource } from './tabs.ts'
import { started, useStory, type Which } from './trace.ts'
import { Waiting } from './Waiting.tsx'

interface Failure {
  code: string
  requestId: string | undefined
}

interface Props {
  config: DemoConfig
  mishaps: MishapSource
  tabs: TabSource
}

/** The whole page: who is signed in, what may be called, and how it came about. */
export function App({ config, mishaps, tabs }: Props) {
  const { auth, state } = useAuth()
  const route = useRoute()
  const [popup, setPopup] = useState(false)
  const { providers, retry } = useProviders(config.issuer, config.clientId)
  const [leaving, setLeaving] = useState<string>()
  const [leavingApp, setLeavingApp] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [claims, readClaims] = useClaims(auth, state)
  const heading = useRef<HTMLHeadingElement>(null)

  // On their own pages, components tell what became of a link or a connect.
  const ended = reasonOf(state, route)
  useEffect(() => setFailure(ended && { code: ended.code, requestId: ended.requestId }), [ended])

  const connected = useLastConnected(state)
  const connecting = route === 'connections'
  const told = useStory(connecting ? connected : journeyOf(state, claims, ended), {
    page: config.page,
    provider: connecting ? config.apps : config.provider,
  })

  /** The way out. A window that the user closed tells nobody, so that another click starts anew. */
  const attempt = useRef<AbortController>(undefined)
  const signIn = async (provider: string, inPopup = popup) => {
    if (leaving !== undefined && !inPopup) return
    attempt.current?.abort()
    attempt.current = new AbortController()
    const { signal } = attempt.current
    setLeaving(provider)
    setFailure(undefined)
    started.note(provider)
    try {
      await auth.signIn({
        signal,
        flow: inPopup ? 'popup' : 'redirect',
        ...(provider === '' ? {} : { provider }),
        ...(state.status === 'signed-in' ? { prompt: 'select_account' } : {}),
      })
    } catch (error) {
      if (signal.aborted) return
      setFailure(asFailure(error))
    }
    if (!signal.aborted) setLeaving(undefined)
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
        {signedIn && (
          <nav aria-label="Pages">
            <Link to="home" at={route}>
              What a token opens
            </Link>
            <Link to="account" at={route}>
              Your account
            </Link>
            <Link to="connections" at={route}>
              Connections
            </Link>
          </nav>
        )}
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
            retry={failure.code === 'popup_blocked' ? 'Go on in this window' : undefined}
            onRetry={
              last && (!signedIn || failure.code === 'popup_blocked')
                ? () => signIn(last.provider, failure.code === 'popup_blocked' ? false : popup)
                : undefined
            }
            onDismiss={() => {
              setFailure(undefined)
              heading.current?.focus()
            }}
          />
        )}
        {signedIn && route === 'account' && (
          <Account>
            <Tabs tabs={tabs} />
          </Account>
        )}
        {signedIn && connecting && <Connections auth={auth} config={config} />}
        {signedIn && route === 'home' && (
          <div className="halves signed-in">
            <Session
              user={state.user}
              provider={nameOf(idp) ?? ''}
              busy={leavingApp ? 'sign-out' : leaving === undefined ? undefined : 'switch'}
              onSignOut={signOut}
              onSwitch={() => signIn(idp ?? '')}
            />
            <Services auth={auth} config={config} fetch={mishaps.fetch} audience={listed(claims?.aud)} />
            <Token claims={describeClaims(claims ?? {})}>
              {typeof claims?.exp === 'number' && typeof claims.iat === 'number' && (
                <ExpiryRing auth={auth} issuedAt={claims.iat} expiresAt={claims.exp} onRenewed={readClaims} />
              )}
            </Token>
          </div>
        )}
        {!signedIn && (
          <div className="halves">
            {pending ? (
              <Waiting />
            ) : (
              <SignIn
                providers={providers}
                retry={retry}
                broken={config.broken}
                leaving={leaving}
                onSignIn={(provider) => signIn(provider)}
                popup={popup}
                onPopup={setPopup}
              />
            )}
            <Places config={config} />
          </div>
        )}
        <Mishaps mishaps={mishaps} config={config} />
        <Journey told={told} connecting={connecting} />
      </main>
      <Announcer signedInAs={name} leaving={nameOf(leaving)} />
    </>
  )
}

/** The journey of what was connected last; it is told until another one is. */
function useLastConnected(state: AuthState): Which | undefined {
  const [id, setId] = useState<string>()
  const now = state.status === 'signed-in' ? state.connected?.id : undefined
  useEffect(() => {
    if (now !== undefined) setId(now)
  }, [now])
  return id === undefined ? undefined : { connection: id }
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

function Link({ to, at, children }: { to: Route; at: Route; children: string }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={routes[to]} aria-current={to === at ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}

/** The claims of the access token while somebody is signed in, and how to read them anew. */
function useClaims(
  auth: Auth,
  state: AuthState,
): [claims: Record<string, unknown> | undefined, read: () => void] {
  const [claims, setClaims] = useState<Record<string, unknown>>()
  const [read, setRead] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when asked to
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
  }, [auth, state, read])
  return [claims, () => setRead((times) => times + 1)]
}

function reasonOf(state: AuthState, route: Route): AuthError | undefined {
  if (state.status === 'error') return state.error
  if (state.status === 'signed-in') return route === 'home' ? state.error : undefined
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
