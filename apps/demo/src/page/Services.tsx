import type { Auth } from '@latchkey/browser'
import { type ReactNode, useState } from 'react'
import type { DemoConfig } from '../config.ts'
import { CopyCurl } from './CopyCurl.tsx'
import { type Outcome, outcomeOf } from './call.ts'
import { Icon } from './Icon.tsx'

interface Call {
  id: string
  title: string
  about: string
  button: string
  /** Why a refusal is right, in the page's words. */
  because?: string
  run: () => Promise<Response>
  /** Beside the button. */
  more?: ReactNode
}

interface Props {
  auth: Auth
  config: DemoConfig
  fetch: typeof fetch
  /** What the token's `aud` names. */
  audience: string
}

/** Three calls with one token: the service it is for, one it is not for, and a copy without its key. */
export function Services({ auth, config, fetch, audience }: Props) {
  const { notes, billing } = config.services
  const byHand = async (url: string, scheme: string) =>
    fetch(url, { headers: { Authorization: `${scheme} ${await auth.getAccessToken()}` } })
  const calls: Call[] = [
    {
      id: 'notes',
      title: 'Notes',
      about: `${notes} is in the token’s audience.`,
      button: 'Call notes',
      run: () => auth.fetch(`${notes}/notes`),
    },
    {
      id: 'billing',
      title: 'Billing',
      about: `${billing} is not. The client library does not even send the token there; this button does, by hand.`,
      button: 'Call billing',
      because: `“aud” names ${audience}; this is ${billing}.`,
      run: () => byHand(`${billing}/invoices`, 'DPoP'),
    },
    {
      id: 'thief',
      title: 'Steal my token',
      about:
        'Notes again, with the same token as whoever stole it would send it: without the key. Try it from a terminal too.',
      button: 'Send the copy',
      more: <CopyCurl auth={auth} url={`${notes}/notes`} />,
      because: '“cnf” names a key that only this browser can sign with.',
      run: () => byHand(`${notes}/notes`, 'Bearer'),
    },
  ]
  return (
    <section className="card" aria-labelledby="services-title">
      <h2 id="services-title">Micro services</h2>
      <p className="quiet">Each verifies the token alone, from Latchkey’s published keys.</p>
      <ul className="calls">
        {calls.map((call) => (
          <CallRow key={call.id} call={call} />
        ))}
      </ul>
    </section>
  )
}

function CallRow({ call }: { call: Call }) {
  const [outcome, setOutcome] = useState<Outcome>()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    if (busy) return
    setBusy(true)
    setOutcome(await outcomeOf(call.run))
    setBusy(false)
  }
  return (
    <li id={`call-${call.id}`}>
      <div className="call">
        <div>
          <h3>{call.title}</h3>
          <p className="quiet small">{call.about}</p>
        </div>
        <div className="buttons">
          <button type="button" aria-busy={busy} onClick={run}>
            {call.button}
          </button>
          {call.more}
        </div>
      </div>
      <div role="status" className="outcome">
        {outcome && <Told outcome={outcome} because={call.because} />}
      </div>
    </li>
  )
}

function Told({ outcome, because }: { outcome: Outcome; because: string | undefined }) {
  if (outcome.verdict === 'unreachable') {
    return (
      <p>
        <span className="state warning">
          <Icon name="warning" /> No answer.
        </span>{' '}
        {outcome.says}
      </p>
    )
  }
  const ok = outcome.verdict === 'answered'
  return (
    <>
      <p>
        <span className={ok ? 'state ok' : 'state danger'}>
          <Icon name={ok ? 'ok' : 'danger'} /> {ok ? 'Answered' : 'Refused'} ({outcome.status}).
        </span>{' '}
        {outcome.says} {!ok && because}
      </p>
      {ok ? (
        <pre>{outcome.body}</pre>
      ) : (
        outcome.challenge && (
          <p className="wire">
            <span className="quiet">WWW-Authenticate:</span> {outcome.challenge}
          </p>
        )
      )}
    </>
  )
}
