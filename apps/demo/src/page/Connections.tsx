import type { Auth, Connection } from '@latchkey/browser'
import { ConnectionList } from '@latchkey/react/connections'
import { en } from '@latchkey/react/connections/en'
import { useState } from 'react'
import type { DemoConfig } from '../config.ts'
import { AppsDrawer } from './AppsDrawer.tsx'
import { useApps } from './apps.ts'
import { routes } from './route.ts'
import { UseIt } from './UseIt.tsx'

interface Props {
  auth: Auth
  config: DemoConfig
}

/** The accounts elsewhere that services may use in the user's name. */
export function Connections({ auth, config }: Props) {
  const [popup, setPopup] = useState(true)
  const apps = useApps()
  return (
    <>
      <section className="card connections" aria-labelledby="connections-title">
        <h2 id="connections-title">Connected accounts</h2>
        <p className="quiet">
          Latchkey keeps their tokens, sealed, and renews them. A service asks for one in its own name; this
          page never sees any.
        </p>
        <label className="choice">
          <input type="checkbox" checked={popup} onChange={() => setPopup(!popup)} />
          Connect in a window of its own
        </label>
        <ConnectionList
          className="list"
          messages={en}
          flow={popup ? 'popup' : 'redirect'}
          returnTo={routes.connections}
        >
          {(connection: Connection, reload: () => Promise<void>) => (
            <UseIt
              auth={auth}
              notes={config.services.notes}
              connection={connection}
              onUsed={() => {
                apps.ask()
                void reload()
              }}
            />
          )}
        </ConnectionList>
      </section>
      <AppsDrawer {...apps} />
    </>
  )
}
