// The page under test in the browser; taken over from the server's markup if there is some.
import { createAuth } from '@latchkey/browser'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { App } from './views.tsx'

const content = document.querySelector('meta[name=options]')?.getAttribute('content') ?? '{}'
globalThis.auth = createAuth(JSON.parse(content))

const root = document.querySelector<HTMLElement>('#root')
if (root === null) throw new Error('no root')
const page = () => <App auth={auth} path={root.dataset.path ?? location.pathname} />
if (root.hasChildNodes()) {
  // By then the client knows more than the server did.
  await auth.ready
  hydrateRoot(root, page(), { onRecoverableError: reportError })
} else {
  const shown = createRoot(root)
  addEventListener('popstate', () => shown.render(page()))
  shown.render(page())
}
