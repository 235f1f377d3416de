import { type Html, html } from './html.ts'
import { document, facts } from './layout.ts'

/** How a sign-out ended, where the browser is not sent on. */
export type SignOutEnd =
  /** The session has just ended; `provider` when the person was at the provider's sign-out too. */
  | { kind: 'signed_out'; app: string; provider?: string; unregistered: boolean }
  /** It had ended before. */
  | { kind: 'over'; app: string; back?: string }
  /** No session was named that we could believe in, so nothing has ended. `code` when what was sent was wrong. */
  | { kind: 'ask'; app?: string; back?: string; code?: string }
  /** A provider sent the browser back, and nothing says where to. */
  | { kind: 'returned'; provider: string }

export type SignOutPage = SignOutEnd & { requestId: string }

/**
 * What became of a sign-out. We keep no session of the browser's, so without a word from the app there is nobody whom this
 * page could sign out, and it does not pretend to: it says where signing out is done.
 * @param page `back` is a registered http(s) address of the app
 */
export function signOutPage(page: SignOutPage): string {
  const { title, text, code } = textOf(page)
  const back = 'back' in page ? page.back : undefined
  return document(
    title,
    html`<h1>${title}</h1>
${text}
${back === undefined ? undefined : html`<p><a class="onward" href="${back}">Go to ${new URL(back).host}</a></p>\n`}${facts({ requestId: page.requestId, ...(code === undefined ? {} : { code }) })}`,
  )
}

function textOf(page: SignOutPage): { title: string; text: Html; code?: string } {
  switch (page.kind) {
    case 'signed_out':
      return {
        title: 'You are signed out',
        text: html`<p>Your session with <bdi>${page.app}</bdi> has ended.${page.provider === undefined ? undefined : html` <bdi>${page.provider}</bdi> was asked to sign you out there as well.`}</p>
${page.unregistered ? unregistered : html`<p class="quiet">You can close this page, or go back to the app.</p>`}`,
        ...(page.unregistered ? { code: 'invalid_redirect_uri' } : {}),
      }
    case 'over':
      return {
        title: 'You were signed out already',
        text: html`<p>This session with <bdi>${page.app}</bdi> had ended before. There was nothing left to do.</p>
<p class="quiet">To sign in again, go back to the app.</p>`,
      }
    case 'ask':
      return {
        title: 'Sign out in the app',
        text: html`<p>Nobody was signed out. ${page.code === undefined ? 'The app did not say which session to end' : 'What the app sent does not name a session here'}, and Latchkey keeps none in this browser that it could end by itself.</p>
<p>Open ${page.app === undefined ? 'the app' : html`<bdi>${page.app}</bdi>`} and choose “Sign out” there. If somebody sent you this link, close this page.</p>
<p class="quiet small">If you run the app: send “id_token_hint”, the last ID token that it received from here.</p>`,
        ...(page.code === undefined ? {} : { code: page.code }),
      }
    case 'returned':
      return {
        title: 'There is nothing left to do here',
        text: html`<p><bdi>${page.provider}</bdi> sends people here after signing out, and this time did not say which app they came from, or it is more than ten minutes ago.</p>
<p class="quiet">You can close this page, or go back to the app.</p>`,
      }
  }
}

const unregistered = html`<p>The app wanted to come back to an address that is not registered for it, so this page stays. Go back to the app yourself.</p>
<p class="quiet small">If you run the app: the “post_logout_redirect_uri” sent must equal one of the client’s “post_logout_redirect_uris”, character for character.</p>`
