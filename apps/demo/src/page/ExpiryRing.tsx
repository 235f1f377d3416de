import type { Auth } from '@latchkey/browser'
import { useEffect, useState } from 'react'

const radius = 15
const around = 2 * Math.PI * radius

interface Props {
  auth: Auth
  /** Seconds since 1970, by the server's clock. */
  issuedAt: number
  expiresAt: number
  onRenewed: () => void
}

/** How much of the token's life is left, drawn and said. */
export function ExpiryRing({ auth, issuedAt, expiresAt, onRenewed }: Props) {
  const left = useLeft(expiresAt - issuedAt, issuedAt)
  const [busy, setBusy] = useState(false)
  const renew = async () => {
    if (busy) return
    setBusy(true)
    await auth.getAccessToken({ fresh: true }).then(onRenewed, () => {})
    setBusy(false)
  }
  const part = left / (expiresAt - issuedAt)
  return (
    <div className="ring">
      <svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
        <circle className="ring-whole" cx="18" cy="18" r={radius} />
        <circle
          className="ring-left"
          cx="18"
          cy="18"
          r={radius}
          strokeDasharray={`${part * around} ${around}`}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <p>
        <span role="timer">{left > 0 ? `${clockOf(left)} left` : 'Expired'}</span>
        <span className="note">
          {left > 0
            ? 'A call near the end renews it by itself.'
            : 'The next call renews it. Nothing had to run for that.'}
        </span>
      </p>
      <button type="button" aria-busy={busy} onClick={renew}>
        Renew now
      </button>
    </div>
  )
}

/** Seconds that are left of `life`, from when this token was first seen: the device's clock may be wrong. */
function useLeft(life: number, issuedAt: number): number {
  const [since, setSince] = useState({ issuedAt, at: performance.now() })
  const [now, setNow] = useState(() => performance.now())
  if (since.issuedAt !== issuedAt) setSince({ issuedAt, at: performance.now() })
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.round(life - Math.max(0, now - since.at) / 1000))
}

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
