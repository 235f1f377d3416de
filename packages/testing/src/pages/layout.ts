import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { css } from './style.ts'

/** Escaped HTML, as hono's `html` makes it. */
export type Markup = ReturnType<typeof html>

/** The one script there is: it submits the form of a form_post answer, as that response mode wants. */
export const submitScript = 'document.forms[0].submit()'

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const policy = (script: boolean): string =>
  [
    "default-src 'none'",
    `style-src ${hash(css)}`,
    ...(script ? [`script-src ${hash(submitScript)}`] : []),
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // No form-action: Chromium would apply it to every redirect after the button, the client's own included.
  ].join('; ')

const flask = raw(
  '<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" aria-hidden="true">' +
    '<path d="M6 1.75h4M6.75 2v4.5L2.5 13a.8.8 0 0 0 .7 1.25h9.6a.8.8 0 0 0 .7-1.25L9.25 6.5V2M4.5 10.5h7"/></svg>',
)

const mark = raw(
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">' +
    '<circle cx="12" cy="12" r="9" stroke-dasharray="3.2 2.4"/><circle cx="12" cy="10" r="3"/><path d="M6.5 18a6 6 0 0 1 11 0"/></svg>',
)

/** A whole page: the strip that says what this is, and a card. */
export const page = (options: {
  title: string
  provider: string
  body: Markup
}): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${options.title} · ${options.provider}</title>
<link rel="icon" href="data:,">
<style>${raw(css)}</style>
</head>
<body>
<header class="fake">${flask}<span><strong>Fake provider.</strong> For tests and demos; nobody has an account here.</span></header>
<main>
<div class="card">
<div class="brand">${mark}<span>${options.provider}</span></div>
${options.body}
</div>
</main>
</body>
</html>`

export const pageResponse = async (
  markup: Markup,
  options: { status?: number; script?: boolean } = {},
): Promise<Response> =>
  new Response(String(await markup), {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy(options.script === true),
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
    },
  })
