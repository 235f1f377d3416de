import { type Html, html } from './html.ts'
import { document, facts } from './layout.ts'

export interface ChooserPage {
  /** What the person signs in to: the client's id. */
  app: string
  /** In the order to show. */
  providers: readonly { id: string; name: string; logo?: string }[]
  /** Same-origin URL that takes the choice as a form POST of `provider` and `journey`. */
  action: string
  /** The sealed journey, opaque here; goes back as `journey`. */
  sealed: string
  requestId: string
}

/**
 * The page that asks which provider to use, for a start that named none. Works without scripts; one native
 * button a provider. Serve it with `pageHeaders({ forms: true, images })`, the logos being the images.
 */
export function chooserPage(page: ChooserPage): string {
  const heading = html`<h1>Sign in to <bdi>${page.app}</bdi></h1>`
  const body = page.providers.length === 0 ? nothingToChoose() : choices(page)
  return document(
    `Sign in to ${page.app}`,
    html`${heading}\n${body}\n${facts({ requestId: page.requestId })}`,
  )
}

function choices({ action, sealed, providers }: ChooserPage): Html {
  return html`<p class="quiet">Choose who confirms that it is you. Your password stays with them.</p>
<form method="post" action="${action}" accept-charset="utf-8">
<input type="hidden" name="journey" value="${sealed}">
<ul class="choices">
${providers.map(
  ({ id, name, logo }) =>
    html`<li><button type="submit" name="provider" value="${id}">${picture(name, logo)}<span>Sign in with <bdi>${name}</bdi></span></button></li>\n`,
)}</ul>
</form>`
}

function nothingToChoose(): Html {
  return html`<p>There is nobody to sign in with: no provider is set up for this app.</p>
<p>Go back to the app. If you run it, add a provider under <code>providers</code> in the Latchkey configuration and restart.</p>`
}

/** The button's text names the provider, so that a picture says nothing more. The page's address is nobody else's business. */
const picture = (name: string, logo: string | undefined): Html =>
  logo === undefined
    ? html`<span class="monogram" aria-hidden="true">${monogram(name)}</span>`
    : html`<img class="logo" src="${logo}" alt="" width="28" height="28" referrerpolicy="no-referrer">`

/** Neutral: a provider's own logo is not ours to draw. */
function monogram(name: string): string {
  return Array.from(name.trim())[0]?.toUpperCase() ?? '?'
}
