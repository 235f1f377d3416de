import { errorText } from './error-texts.ts'
import { html } from './html.ts'
import { document, facts } from './layout.ts'

export interface ErrorPage {
  /** Stable, as in the JSON errors. Its title and next step come from `errorText`. */
  code: string
  /** Fixed text of ours that says why. */
  description: string
  requestId: string
  /** Instead of the code's own next step. */
  next?: string
  /** The person is connecting an account, not signing in. Default: false. */
  connecting?: boolean
}

/** What happened, why, and what to do next, in that order; the request id last. Serve it with `pageHeaders()`. */
export function errorPage({ code, description, requestId, next, connecting = false }: ErrorPage): string {
  const text = errorText(code, connecting)
  return document(
    text.title,
    html`<h1>${text.title}</h1>
<p>${description}</p>
<p>${next ?? text.next}</p>
${text.owner === undefined ? undefined : html`<p class="quiet small">If you run the app: ${text.owner}</p>\n`}${facts({ code, requestId })}`,
  )
}
