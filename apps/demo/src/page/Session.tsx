import { Icon } from './Icon.tsx'

export interface ShownUser {
  sub: string
  name?: string | undefined
  email?: string | undefined
  email_verified?: boolean | undefined
}

interface Props {
  user: ShownUser
  /** Display name of the provider that signed the user in. */
  provider: string
  busy: 'sign-out' | 'switch' | undefined
  onSignOut: () => void
  onSwitch: () => void
}

/** Who is signed in, and the ways out. */
export function Session({ user, provider, busy, onSignOut, onSwitch }: Props) {
  return (
    <section className="card" aria-labelledby="session-title">
      <h2 id="session-title">Your session</h2>
      <dl className="pairs">
        <div>
          <dt>Name</dt>
          <dd>
            <bdi>{user.name ?? 'not shared'}</bdi>
          </dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>
            <Email user={user} />
          </dd>
        </div>
        <div>
          <dt>Signed in by</dt>
          <dd>
            <bdi>{provider}</bdi>
          </dd>
        </div>
        <div>
          <dt>User id</dt>
          <dd>
            <code>{user.sub}</code>
          </dd>
        </div>
      </dl>
      <div className="row">
        <button type="button" aria-busy={busy === 'switch'} onClick={onSwitch}>
          Sign in as somebody else
        </button>
        <button type="button" aria-busy={busy === 'sign-out'} onClick={onSignOut}>
          Sign out
        </button>
      </div>
    </section>
  )
}

function Email({ user: { email, email_verified } }: { user: ShownUser }) {
  if (email === undefined) return <>not shared</>
  return (
    <>
      <bdi>{email}</bdi>{' '}
      {email_verified ? (
        <span className="state ok">
          <Icon name="ok" /> verified
        </span>
      ) : (
        <span className="state warning">
          <Icon name="warning" /> not verified
        </span>
      )}
    </>
  )
}
