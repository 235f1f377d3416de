// The page under test: the client as `auth`, made from what the server put into the page.
import {
  type Auth,
  AuthError,
  type AuthEvent,
  type AuthOptions,
  createAuth,
  scrubUrl,
} from '@latchkey/browser'

declare global {
  var auth: Auth
  var events: AuthEvent[]
  var createError: unknown
  var lib: { AuthError: typeof AuthError; createAuth: typeof createAuth; scrubUrl: typeof scrubUrl }
}

globalThis.lib = { AuthError, createAuth, scrubUrl }
globalThis.events = []
const options: AuthOptions = JSON.parse(
  document.querySelector('meta[name=options]')?.getAttribute('content') ?? '{}',
)
try {
  globalThis.auth = createAuth({ ...options, onEvent: (event) => events.push(event) })
} catch (error) {
  globalThis.createError = error
}
auth.subscribe((state) => {
  document.title = state.status
})
