/* oxlint-disable import/no-unassigned-import -- these take effect by being imported */
// First: takes the code out of the address bar before any other script runs.
import '@latchkey/browser/capture'
import 'virtual:look.css'
import './page.css'
import { createAuth } from '@latchkey/browser'
import { AuthProvider } from '@latchkey/react'
import { en } from '@latchkey/react/en'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { readConfig } from './config.ts'
import { createMishaps } from './mishaps.ts'
import { countRefreshes, createTabs } from './tabs.ts'

const config = readConfig()
// An app that is no demo has neither: it gives the client no `fetch` at all.
const mishaps = createMishaps({
  fetch: window.fetch.bind(window),
  now: Date.now.bind(Date),
  open: window.open.bind(window),
})
const refreshes = countRefreshes(mishaps.fetch)
const auth = createAuth({
  issuer: config.issuer,
  clientId: config.clientId,
  redirectUri: `${config.page}/callback`,
  // Only the notes service: tokens are made out to it, and `auth.fetch` sends them there and nowhere else.
  resources: [config.services.notes],
  fetch: refreshes.fetch,
})
const tabs = createTabs(auth, refreshes.count)

const root = document.getElementById('root')
if (root === null) throw new Error('no #root')
createRoot(root).render(
  <StrictMode>
    <AuthProvider auth={auth} messages={en}>
      <App config={config} mishaps={mishaps} tabs={tabs} />
    </AuthProvider>
  </StrictMode>,
)
