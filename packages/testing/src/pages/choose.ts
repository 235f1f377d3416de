import { html } from 'hono/html'
import { displayName, type Persona } from '../personas.ts'
import { type Markup, page } from './layout.ts'

export interface ChoosePage {
  provider: string
  /** Where the buttons post to. */
  action: string
  clientId: string
  /** Where the answer will go. */
  destination: string
  scope: readonly string[]
  /** The authorization request, carried along by the form. */
  params: readonly (readonly [name: string, value: string])[]
  personas: readonly Persona[]
  loginHint?: string
}

const words = /[\p{L}\p{N}]+/gu

/** At most two letters: the first of the first and of the last word. */
const monogram = (name: string): string => {
  const found = name.match(words) ?? ['?']
  const ends = found.length > 1 ? [found[0], found.at(-1)] : [found[0]]
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('')
}

const mail = ({ claims }: Persona): string => {
  if (typeof claims.email !== 'string') return 'No e-mail address'
  return claims.email_verified === true ? claims.email : `${claims.email} (not verified)`
}

const button = (persona: Persona, hinted: boolean): Markup => {
  const name = displayName(persona)
  return html`<li><button class="persona" name="persona" value="${persona.id}">
<span class="monogram" aria-hidden="true">${monogram(name)}</span>
<span><span class="name">${name}</span> <span class="mail">${mail(persona)}</span> <span class="shows">${persona.shows}</span>${hinted ? html` <span class="hint">Suggested by the app</span>` : ''}</span>
</button></li>`
}

/** The page where one chooses who to be. No script: a form with a button for each persona. */
export const choosePage = (view: ChoosePage): Markup => {
  const hinted = view.personas.filter((persona) => persona.id === view.loginHint)
  const ordered = [...hinted, ...view.personas.filter((persona) => persona.id !== view.loginHint)]
  return page({
    title: 'Choose an account',
    provider: view.provider,
    body: html`<h1>Choose an account</h1>
<p class="muted">to continue to <strong>${view.clientId}</strong> at <code>${view.destination}</code></p>
${
  view.scope.length > 0
    ? html`<div class="scopes"><span class="muted" id="scopes">It asks for</span>
<ul aria-labelledby="scopes">${view.scope.map((scope) => html`<li><code>${scope}</code></li>`)}</ul></div>`
    : ''
}
<form method="post" action="${view.action}">
${view.params.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<ul class="personas">${ordered.map((persona) => button(persona, hinted.includes(persona)))}</ul>
<button class="quiet" name="decision" value="deny">Cancel and go back</button>
</form>
<details><summary>What the app sent</summary>
<dl>${view.params.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</details>`,
  })
}
