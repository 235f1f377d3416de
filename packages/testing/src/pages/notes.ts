import { html } from 'hono/html'
import { type Markup, page } from './layout.ts'

/** Shown when a redirect would not be safe (RFC 6749 section 4.1.2.1). */
export const errorPage = (options: { provider: string; code: string; description: string }): Markup =>
  page({
    title: 'This request cannot be answered',
    provider: options.provider,
    body: html`<h1>This request cannot be answered</h1>
<p>${options.description}</p>
<p class="muted">Nothing was sent back to the app. Start again there, or correct the app's registration at this provider.</p>
<p><code>${options.code}</code></p>`,
  })

export const signedOutPage = (provider: string): Markup =>
  page({
    title: 'Signed out',
    provider,
    body: html`<h1>Signed out</h1>
<p class="muted">This provider keeps no sessions, so there was nothing to end. You can close this page.</p>`,
  })

/** The page at the root: what to give to an app that wants to sign in here. */
export const homePage = (options: { provider: string; entries: Record<string, object> }): Markup =>
  page({
    title: 'A provider that is not real',
    provider: options.provider,
    body: html`<h1>A provider that is not real</h1>
<p class="muted">It signs in made-up people, so that an app can be tried and tested without a real provider.</p>
${Object.entries(options.entries).map(
  ([title, entry]) => html`<h2>${title}</h2>
<dl>${Object.entries(entry).map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>`,
)}`,
  })
