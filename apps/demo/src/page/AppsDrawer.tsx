import { useState } from 'react'
import type { AppsView, Play } from '../apps/plays.ts'
import { Icon } from './Icon.tsx'

const texts: { play: Play; name: string; about: string; button: string }[] = [
  {
    play: 'fewer-scopes',
    name: 'People allow less than is asked for',
    about: 'Whoever connects the calendar now does not let it be written to.',
    button: 'Allow less',
  },
  {
    play: 'taken-back',
    name: 'Access is taken back at the provider',
    about: 'On its own page of connected apps. Nobody tells Latchkey: it finds out at the next use.',
    button: 'Take it back',
  },
  {
    play: 'lost-answer',
    name: 'The answer to a renewal is lost',
    about:
      'The provider has rotated, and its answer never comes. What is tried next looks like a theft to it.',
    button: 'Lose it',
  },
  {
    play: 'error-with-200',
    name: 'An error with status 200',
    about: 'As GitHub does it.',
    button: 'Say 200',
  },
  {
    play: 'no-expiry',
    name: 'No expires_in',
    about: 'Latchkey has to find out by itself how long a token lives.',
    button: 'Leave it out',
  },
  { play: 'slow', name: 'A slow answer', about: 'One byte every quarter of a second.', button: 'Slow down' },
  { play: 'down', name: 'The provider is down', about: '503 to the next renewal.', button: 'Break' },
  {
    play: 'rate-limit',
    name: 'Too many requests',
    about: '429 with Retry-After to the next renewal.',
    button: 'Limit',
  },
  {
    play: 'not-revoked',
    name: 'A revocation fails',
    about: 'Disconnect an account then: it is gone here, and Latchkey tells the provider again later.',
    button: 'Fail it',
  },
]

const ends: Record<string, string> = {
  person: 'taken back by the person',
  client: 'revoked by Latchkey',
  'refresh-token-reuse': 'ended: a used token came again',
  'code-reuse': 'ended: a used code came again',
}

interface Props {
  view: AppsView | undefined
  play(play: Play): Promise<void>
}

/** A drawer of what providers do, and what this one has seen. */
export function AppsDrawer({ view, play }: Props) {
  const [busy, setBusy] = useState<Play>()
  const run = async (what: Play) => {
    if (busy) return
    setBusy(what)
    await play(what)
    setBusy(undefined)
  }
  const waits = (what: Play) => (what === 'fewer-scopes' ? view?.fewerScopes : view?.waiting.includes(what))
  const some = view !== undefined && (view.fewerScopes || view.waiting.length > 0)
  return (
    <>
      <section className="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the apps’ provider has seen</h2>
        <p className="quiet">
          Its tokens live 20 seconds, so that you can watch renewals: wait a little, then use an account. Each
          refresh token is good for one renewal.
        </p>
        <Grants grants={view?.grants ?? []} />
      </section>
      <details className="card mishaps">
        <summary>
          <span className="mishaps-title">What providers do</span>{' '}
          {some && (
            <span className="state warning">
              <Icon name="warning" /> something is about to happen
            </span>
          )}
        </summary>
        <div>
          <p className="quiet">Bring something about, wait until the token is old, and use an account.</p>
          <ul className="calls">
            {texts.map(({ play: what, name, about, button }) => (
              <li key={what}>
                <div className="call">
                  <div>
                    <h3 id={`play-${what}`}>{name}</h3>
                    <p className="quiet small">{about}</p>
                  </div>
                  <div className="buttons">
                    <button
                      type="button"
                      id={`do-${what}`}
                      aria-busy={busy === what}
                      aria-labelledby={`do-${what} play-${what}`}
                      onClick={() => run(what)}
                    >
                      {what === 'fewer-scopes' && view?.fewerScopes ? 'Allow all' : button}
                    </button>
                    {waits(what) && (
                      <span className="state warning small">
                        <Icon name="warning" /> {what === 'fewer-scopes' ? 'from now on' : 'next time'}
                      </span>
                    )}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </div>
      </details>
    </>
  )
}

const appNames = { calendar: 'Calendar', ledger: 'Ledger' }

function Grants({ grants }: { grants: AppsView['grants'] }) {
  if (grants.length === 0)
    return <p className="quiet">Nothing yet. Connect an account, and what was granted is listed here.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it is scrolled, by keyboard too
    <section className="table" aria-label="What was granted" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Granted</th>
            <th scope="col">Renewals</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {grants.slice(0, 8).map(({ id, app, account, renewals, reuses, ended }) => (
            <tr key={id}>
              <th scope="row">
                {appNames[app]}, <bdi>{account}</bdi>
              </th>
              <td>
                {renewals}
                {reuses > 0 && `, ${reuses} with a used token`}
              </td>
              <td>
                <span className={ended === undefined ? 'state ok' : 'state danger'}>
                  <Icon name={ended === undefined ? 'ok' : 'danger'} />{' '}
                  {ended === undefined ? 'lives' : (ends[ended] ?? 'ended')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
