import { html, raw } from 'hono/html'
import type { AuthorizationAnswer } from '../authorize/answer.ts'
import { type Markup, page, submitScript } from './layout.ts'

/** OAuth 2.0 Form Post Response Mode section 2; the button is for browsers without scripts. */
export const formPostPage = (answer: AuthorizationAnswer, provider: string): Markup =>
  page({
    title: 'Going back to the app',
    provider,
    body: html`<h1>Going back to the app</h1>
<form method="post" action="${answer.redirectUri}">
${answer.params.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="muted">Your browser did not go on by itself? Use the button.</p>
<button class="quiet">Continue</button>
</form>
<script>${raw(submitScript)}</script>`,
  })
