import type { Auth, Connection } from '@latchkey/browser'
import { useId, useState } from 'react'
import { Icon } from './Icon.tsx'
import { type Used, usedOf } from './used.ts'

interface Props {
  auth: Auth
  /** Origin of the service. */
  notes: string
  connection: Connection
  onUsed(): void
}

/** Lets the notes service use an account, and shows what it says came back. */
export function UseIt({ auth, notes, connection, onUsed }: Props) {
  const [used, setUsed] = useState<Used>()
  const [busy, setBusy] = useState(false)
  const id = useId()
  const name = connection.account.label ?? connection.account.subject
  const use = async () => {
    if (busy) return
    setBusy(true)
    setUsed(
      await usedOf(() => auth.fetch(`${notes}/agenda?${new URLSearchParams({ connection: connection.id })}`)),
    )
    setBusy(false)
    onUsed()
  }
  return (
    <div className="use">
      <button type="button" id={id} aria-busy={busy} aria-label={`Use it: ${name}`} onClick={use}>
        Use it
      </button>
      <div role="status" className="outcome">
        {used && (
          <>
            <p>
              <span className={`state ${used.state}`}>
                <Icon name={used.state} /> {used.word}.
              </span>{' '}
              {used.says}
            </p>
            {used.body && <pre>{used.body}</pre>}
          </>
        )}
      </div>
    </div>
  )
}
