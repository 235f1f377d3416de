import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { Providers } from './providers.ts'

interface Props {
  providers: Providers
  retry: () => void
  broken: readonly string[]
  /** The provider whose button was pressed; `''` for the one that lets Latchkey ask. */
  leaving: string | undefined
  onSignIn: (provider: string) => void
  popup: boolean
  onPopup: (popup: boolean) => void
}

/** A native button for each provider, named after it. */
export function SignIn({ providers, retry, broken, leaving, onSignIn, popup, onPopup }: Props) {
  const list = providers.status === 'there' ? providers.list : []
  const working = list.filter(({ id }) => !broken.includes(id))
  const failing = list.filter(({ id }) => broken.includes(id))
  const press = (id: string) => ({ busy: leaving === id, onPress: () => onSignIn(id) })

  return (
    <section
      className="card sign-in"
      aria-labelledby="sign-in-title"
      aria-busy={providers.status === 'loading'}
    >
      <h2 id="sign-in-title">Sign in</h2>
      {providers.status === 'failed' && (
        <>
          <p>Latchkey does not answer, so there is no list of providers. See whether it still runs.</p>
          <div className="row">
            <button type="button" className="primary" onClick={retry}>
              Ask again
            </button>
          </div>
        </>
      )}
      {providers.status === 'there' && list.length === 0 && (
        <p>No provider is set up yet. Add one under “providers” in the Latchkey configuration and restart.</p>
      )}
      {list.length > 0 && (
        <>
          <ul className="choices">
            {working.map(({ id, name }) => (
              <li key={id}>
                <Choice badge={initial(name)} {...press(id)}>
                  Sign in with <bdi>{name}</bdi>
                </Choice>
              </li>
            ))}
          </ul>
          <label className="choice">
            <input type="checkbox" checked={popup} onChange={({ target }) => onPopup(target.checked)} />
            In a window of its own
          </label>
          <h3 className="quiet small">Also worth seeing</h3>
          <ul className="choices">
            <li>
              <Choice badge={<Icon name="latchkey" />} {...press('')}>
                Let Latchkey ask which provider
              </Choice>
            </li>
            {failing.map(({ id, name }) => (
              <li key={id}>
                <Choice badge={initial(name)} {...press(id)}>
                  Sign in with <bdi>{name}</bdi>, a provider that is down
                </Choice>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Choice(props: { badge: ReactNode; busy: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className="provider" aria-busy={props.busy} onClick={props.onPress}>
      <span className="monogram" aria-hidden="true">
        {props.badge}
      </span>
      <span>{props.children}</span>
    </button>
  )
}

const initial = (name: string) => Array.from(name)[0]?.toUpperCase()
