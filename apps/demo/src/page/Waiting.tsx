import { useAfter } from './auth.ts'

/** As the page was loaded: the library goes on to another path once the journey is finished. */
const returning = location.pathname === '/callback'

/** Stands in for the sign-in card until it is known whether somebody is signed in; takes the same room. */
export function Waiting() {
  const slow = useAfter(true, 8000)
  return (
    <section className="card sign-in" aria-busy="true" aria-label="Signing in">
      <div role="status" className="late">
        <h2>{returning ? 'Last stop: your app' : 'Looking for your session'}</h2>
        <p>{returning ? 'Latchkey is asked for the token.' : 'This browser may know you from before.'}</p>
        {slow && <p>This takes longer than it should. See whether Latchkey still runs.</p>}
      </div>
    </section>
  )
}
