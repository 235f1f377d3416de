import { createHash } from 'node:crypto'
import { type Html, html, toText, verbatim } from './html.ts'
import { base, icon, mark, tokens, wordmark } from './look.ts'

/** The one style of all hosted pages; a constant, so that its hash can stand in the policy. */
const pageStyle: string = [
  tokens,
  base,
  'body{min-block-size:100vh;display:grid;justify-items:center;align-content:start;padding:clamp(2rem,12vh,8rem) 1rem 2rem}',
  'main{inline-size:100%;max-inline-size:26rem;background:var(--lk-raised);border:1px solid var(--lk-line);border-radius:10px;padding:2rem 1.5rem;display:grid;gap:1.25rem}',
  'main>*{min-inline-size:0}',
  '.brand{display:inline-flex;align-items:center;gap:.5rem;margin-block-end:1rem;color:var(--lk-ink);font-weight:600;letter-spacing:-.01em}',
  '.brand svg{color:var(--lk-accent)}',
  'h1{font-size:var(--lk-24);line-height:1.25;letter-spacing:-.015em;font-weight:600}',
  '.quiet{color:var(--lk-quiet)}',
  '.small{font-size:var(--lk-13)}',
  '.choices{display:grid;gap:.75rem}',
  'button,.onward{display:flex;align-items:center;gap:.75rem;inline-size:100%;min-block-size:2.75rem;padding:.5rem .75rem;border:1px solid var(--lk-edge);border-radius:8px;background:var(--lk-raised);color:var(--lk-ink);font:inherit;font-weight:500;text-align:start;text-decoration:none;cursor:pointer}',
  'button:hover,.onward:hover{border-color:var(--lk-accent);background:var(--lk-accent-ground)}',
  '.monogram{flex:none;display:grid;place-items:center;inline-size:1.75rem;block-size:1.75rem;border-radius:6px;border:1px solid var(--lk-line);background:var(--lk-paper);color:var(--lk-quiet);font-size:var(--lk-13);font-weight:600}',
  '.logo{flex:none;inline-size:1.75rem;block-size:1.75rem;object-fit:contain}',
  '.facts{display:grid;gap:.25rem;padding-block-start:1.25rem;border-block-start:1px solid var(--lk-line);color:var(--lk-quiet);font-size:var(--lk-13)}',
  '.facts div{display:flex;flex-wrap:wrap;gap:0 .5rem}',
  '@media (forced-colors:active){main,button,.onward{border-color:ButtonBorder}}',
].join('')

const styleHash = `'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`

/** What a page needs beyond text. */
export interface PageNeeds {
  /** It holds a form, which may go only to the page's own origin. Default false. */
  forms?: boolean
  /** Pictures that it may load: URLs that a configuration names, without query, checked there. Default none. */
  images?: readonly string[]
}

/** `Content-Security-Policy` of a hosted page: its own style, the icon in it, what it needs, and nothing else. */
export function contentSecurityPolicy({ forms = false, images = [] }: PageNeeds = {}): string {
  return [
    "default-src 'none'",
    `style-src ${styleHash}`,
    ['img-src data:', ...new Set(images)].join(' '),
    `form-action ${forms ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * All headers of a hosted page. One with a form keeps `Referrer-Policy: same-origin`: under `no-referrer` the browser sends
 * the form with `Origin: null` (Fetch, "append a request Origin header").
 */
export function pageHeaders(needs: PageNeeds = {}): Record<string, string> {
  if (needs.images !== undefined && needs.images.length > 0) return headersOf(needs)
  return needs.forms === true ? withForms : withoutForms
}

// Made once: a page is part of every start.
const withForms = headersOf({ forms: true })
const withoutForms = headersOf({})

function headersOf(needs: PageNeeds): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(needs),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': needs.forms ? 'same-origin' : 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}

/** A whole page around what `main` holds. */
export function document(title: string, main: Html): string {
  return toText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${wordmark}</title>
<link rel="icon" href="${icon}">
<style>${verbatim(pageStyle)}</style>
</head>
<body>
<header class="brand">${verbatim(mark)}<span>${wordmark}</span></header>
<main>
${main}
</main>
</body>
</html>
`)
}

/** The request id, last on every page that may have to be reported. */
export function facts(entries: { code?: string; requestId: string }): Html {
  return html`<dl class="facts">
${entries.code === undefined ? undefined : html`<div><dt>Error</dt><dd><code>${entries.code}</code></dd></div>\n`}<div><dt>Request</dt><dd><code>${entries.requestId}</code></dd></div>
</dl>`
}
