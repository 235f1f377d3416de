/* oxlint-disable import/no-unassigned-import -- these take effect by being imported */
// First: takes the code out of the address bar before any other script runs.
import '@latchkey/browser/capture'
import 'virtual:look.css'
import './page.css'
import { createAuth } from '@latchkey/browser'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { readConfig } from './config.ts'

const config = readConfig()
const auth = createAuth({
  issuer: config.issuer,
  clientId: config.clientId,
  redirectUri: `${config.page}/callback`,
  // Only the notes service: tokens are made out to it, and `auth.fetch` sends them there and nowhere else.
  resources: [config.services.notes],
})

const root = document.getElementById('root')
if (root === null) throw new Error('no #root')
createRoot(root).render(
  <StrictMode>
    <App auth={auth} config={config} />
  </StrictMode>,
)
