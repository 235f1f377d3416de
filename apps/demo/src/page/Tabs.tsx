import { useSyncExternalStore } from 'react'
import type { Tabs as Source } from './tabs.ts'

/** The browser's tabs side by side: they share one session, and one refresh serves them all. */
export function Tabs({ tabs }: { tabs: Source }) {
  const all = useSyncExternalStore(tabs.subscribe, tabs.read)
  return (
    <section className="card" aria-labelledby="tabs-title">
      <h2 id="tabs-title">Tabs side by side</h2>
      <p className="quiet">
        All tabs share one session. One asks the server, the others take over what came; signing out here
        signs out everywhere.
      </p>
      <div className="table">
        <table>
          <thead>
            <tr>
              <th scope="col">Tab</th>
              <th scope="col">Signed in</th>
              <th scope="col">Token until</th>
              <th scope="col">Refreshes asked</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ id, user, expires, refreshes }, place) => (
              <tr key={id}>
                <th scope="row">{place === 0 ? 'This one' : `Another ${place > 1 ? place : ''}`}</th>
                <td>{user === undefined ? 'nobody' : <bdi>{user}</bdi>}</td>
                <td>{expires === undefined ? 'not needed yet' : timeOf(expires)}</td>
                <td>{refreshes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row">
        <button type="button" onClick={openBeside}>
          Open a tab beside this one
        </button>
        <button type="button" onClick={tabs.renew}>
          Have all ask at once
        </button>
      </div>
    </section>
  )
}

const timeOf = (seconds: number) => new Date(seconds * 1000).toLocaleTimeString()

function openBeside() {
  const { availWidth, availHeight } = screen
  const half = Math.floor(availWidth / 2)
  open('/account', '_blank', `popup,left=${half},top=0,width=${half},height=${availHeight}`)
}
