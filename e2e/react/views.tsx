import {
  AuthProvider,
  type AuthProviderProps,
  RequireAuth,
  Show,
  SignInButtons,
  useAuth,
  useUser,
} from '@latchkey/react'
import { IdentityList, SessionList } from '@latchkey/react/account'
import { ConnectionList } from '@latchkey/react/connections'
import { en as connectionWords } from '@latchkey/react/connections/en'
import { en } from '@latchkey/react/en'
import { type ReactElement, StrictMode } from 'react'

const german: AuthProviderProps['messages'] = {
  ...en,
  signIn: 'Anmelden',
  signInWith: (provider) => ['Mit ', provider, ' anmelden'],
}

/** The page under test: what it shows is in its address. */
export function App({ auth, path }: { auth: AuthProviderProps['auth']; path: string }): ReactElement {
  const [view = '', variant] = path.split('/').slice(1)
  return (
    <StrictMode>
      <AuthProvider auth={auth} messages={variant === 'german' ? german : en}>
        <main>
          <h1>Under test</h1>
          <Greeting />
          {views[view]?.(variant)}
        </main>
      </AuthProvider>
    </StrictMode>
  )
}

const views: Record<string, (variant?: string) => ReactElement> = {
  buttons: (variant) => (
    <SignInButtons
      className="ways"
      {...(variant === 'popup' ? { flow: 'popup' } : {})}
      {...(variant === 'rendered'
        ? { render: (props, { id }) => <button {...props} className={`way ${id}`} /> }
        : {})}
    />
  ),
  private: (variant) => (
    <RequireAuth
      start={variant === 'start' || (variant === 'acme' && { provider: 'acme', prompt: 'login' })}
      pending={<p>one moment</p>}
    >
      <p>for users only</p>
    </RequireAuth>
  ),
  twice: () => (
    <>
      <RequireAuth start>
        <p>one</p>
      </RequireAuth>
      <RequireAuth start>
        <p>two</p>
      </RequireAuth>
    </>
  ),
  show: () => (
    <>
      <Show when="signed-in" fallback={<p>nobody</p>} pending={<p>not yet known</p>}>
        {({ user }) => <p>user {user.sub}</p>}
      </Show>
      <Show when="signed-out">{({ reason }) => <p>because {reason?.code ?? 'of nothing'}</p>}</Show>
      <Show when="error">{({ error }) => <p>error {error.code}</p>}</Show>
    </>
  ),
  account: () => (
    <>
      <SessionList className="sessions" />
      <IdentityList className="identities" />
    </>
  ),
  connections: (variant) => (
    <ConnectionList
      messages={connectionWords}
      {...(variant === 'popup' ? { flow: 'popup' } : {})}
      scopes={{ files: ['files.read', 'files.write'] }}
    >
      {({ account }) => <em>Use {account.subject}</em>}
    </ConnectionList>
  ),
}

function Greeting() {
  const user = useUser()
  const { auth } = useAuth()
  if (user === undefined) return null
  return (
    <p>
      Hello {user.name}{' '}
      <button type="button" onClick={() => auth.signOut()}>
        Leave
      </button>
    </p>
  )
}
