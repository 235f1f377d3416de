import { useAuth } from '@latchkey/react'
import { useState, useSyncExternalStore } from 'react'
import type { DemoConfig } from '../config.ts'
import { Icon } from './Icon.tsx'
import { loseKey, outcomeOfToken, type Mishaps as Source, type Switch } from './mishaps.ts'

const texts: Record<Switch, { name: string; about: string }> = {
  offline: {
    name: 'This page is offline',
    about: 'Nothing gets through. Whoever is signed in stays so; a token that is still good is used.',
  },
  clock: {
    name: 'The clock is an hour fast',
    about: 'Proofs carry the server’s time, which every token answer tells.',
  },
  popups: {
    name: 'Popups are blocked',
    about: 'Signing in in a window of its own then offers to go on in this one.',
  },
  latchkey: {
    name: 'Latchkey is down',
    about: 'Its port is closed for real. The services go on: they verify tokens alone.',
  },
}

/** What came of asking for a token, by the code of the error; empty is none. */
const outcomes: Record<string, string> = {
  '': 'A fresh token came. Nobody was signed out.',
  network_error: 'No token came. You stay signed in, and the next call tries again.',
  temporarily_unavailable:
    'The server said that it is busy. You stay signed in, and the next call tries again.',
  invalid_grant: 'The session has ended here: another key cannot refresh it. Sign in again.',
  signed_out: 'Nobody is signed in here.',
}

/** A drawer of things that go wrong in real life, to see that nobody is signed out by them. */
export function Mishaps({ mishaps, config }: { mishaps: Source; config: DemoConfig }) {
  const { auth, state } = useAuth()
  const on = useSyncExternalStore(mishaps.subscribe, mishaps.read)
  const [outcome, setOutcome] = useState<string>()
  const [busy, setBusy] = useState('')
  const run = async (what: string, work: () => Promise<string | undefined>) => {
    if (busy) return
    setBusy(what)
    setOutcome(
      await work().catch(() => 'the demo’s host does not answer: see whether `npm start` still runs'),
    )
    setBusy('')
  }
  const some = Object.values(on).some(Boolean)
  const signedIn = state.status === 'signed-in'

  return (
    <details className="card mishaps">
      <summary>
        <span className="mishaps-title">Mishaps</span>{' '}
        {some && (
          <span className="state warning">
            <Icon name="warning" /> something is broken on purpose
          </span>
        )}
      </summary>
      <div>
        <p className="quiet">Break something, then call a service or ask for a fresh token.</p>
        <ul className="calls">
          {(Object.keys(texts) as Switch[]).map((mishap) => (
            <li key={mishap}>
              <div className="call">
                <div>
                  <h3 id={`mishap-${mishap}`}>{texts[mishap].name}</h3>
                  <p className="quiet small">{texts[mishap].about}</p>
                </div>
                <button
                  type="button"
                  id={`turn-${mishap}`}
                  aria-busy={busy === mishap}
                  aria-labelledby={`turn-${mishap} mishap-${mishap}`}
                  onClick={() => run(mishap, () => mishaps.set(mishap, !on[mishap]).then(() => undefined))}
                >
                  {on[mishap] ? 'Mend' : 'Break'}
                </button>
              </div>
            </li>
          ))}
          <li>
            <div className="call">
              <div>
                <h3>The key is lost</h3>
                <p className="quiet small">
                  The browser’s storage comes back with another key. The session cannot be used here any more;
                  it is ended nowhere else.
                </p>
              </div>
              <button
                type="button"
                aria-busy={busy === 'key'}
                disabled={!signedIn}
                onClick={() => run('key', () => loseKey(auth, config))}
              >
                Lose the key
              </button>
            </div>
          </li>
        </ul>
        <div className="row">
          <button
            type="button"
            aria-busy={busy === 'token'}
            disabled={!signedIn}
            onClick={() => run('token', () => outcomeOfToken(auth))}
          >
            Ask for a fresh token
          </button>
        </div>
        <p role="status" id="mishap-outcome">
          {outcome !== undefined && (outcomes[outcome] ?? `It ended with “${outcome}”.`)}
        </p>
      </div>
    </details>
  )
}
