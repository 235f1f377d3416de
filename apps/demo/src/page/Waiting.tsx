import { useAfter } from './auth.ts'

/** Stands in for the sign-in card while the answer of a journey is redeemed; takes the same room. */
export function Waiting() {
  const shown = useAfter(true, 300)
  const slow = useAfter(true, 8000)
  return (
    <section className="card sign-in" aria-busy="true" aria-label="Signing in">
      <div role="status">
        {shown && (
          <>
            <h2>Last stop: your app</h2>
            <p>Latchkey is asked for the token.</p>
          </>
        )}
        {slow && <p>This takes longer than it should. See whether Latchkey still runs.</p>}
      </div>
    </section>
  )
}
