import { useAuth } from '@latchkey/react'
import { IdentityList, SessionList } from '@latchkey/react/account'
import { type ReactNode, useState } from 'react'
import { Icon } from './Icon.tsx'
import { routes } from './route.ts'

/** The signed-in user's own page: where they are signed in, and what with. */
export function Account({ children }: { children: ReactNode }) {
  return (
    <div className="halves signed-in">
      <Sessions />
      <section className="card" aria-labelledby="identities-title">
        <h2 id="identities-title">How you sign in</h2>
        <p className="quiet">
          Link a second account, and either signs you in. Nothing is ever joined by an e-mail address alone.
        </p>
        <IdentityList className="list" returnTo={routes.account} prompt="select_account" />
      </section>
      {children}
    </div>
  )
}

function Sessions() {
  const { auth } = useAuth()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const endAll = async () => {
    if (busy) return
    setBusy(true)
    setFailed(false)
    await auth.signOut({ everywhere: true }).catch(() => setFailed(true))
    setBusy(false)
  }
  return (
    <section className="card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Where you are signed in</h2>
      <p className="quiet">
        Each sign-in is a session with a key of its own. What is ended here is refused by the services within
        seconds.
      </p>
      <SessionList className="list" />
      <div className="row">
        <button type="button" aria-busy={busy} onClick={endAll}>
          Sign out everywhere
        </button>
      </div>
      <p role="status">
        {failed && (
          <span className="state warning">
            <Icon name="warning" /> Latchkey did not answer: you are signed out here, and perhaps not
            elsewhere.
          </span>
        )}
      </p>
    </section>
  )
}
