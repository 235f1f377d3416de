import { html } from './html.ts'
import { document } from './layout.ts'

export interface OnwardPage {
  /** Absolute http(s) URL: the one in the answer's `Refresh` header. */
  url: string
  /** The provider the browser goes to; without it, the URL's host is named. */
  providerName?: string
}

/**
 * The page under a `Refresh: 0;url=...` answer: seen only where the browser does not go on by itself.
 * Serve it with `pageHeaders()`.
 * @throws TypeError for anything but an absolute http(s) URL
 */
export function onwardPage({ url, providerName }: OnwardPage): string {
  const target = new URL(url)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw new TypeError('onwardPage: not an http(s) URL')
  }
  const name = providerName ?? target.host
  return document(
    `On to ${name}`,
    html`<h1>On to <bdi>${name}</bdi></h1>
<p class="quiet">Your browser goes on by itself. If it does not within a few seconds, use the link.</p>
<p><a class="onward" href="${url}">Go on to ${target.host}</a></p>`,
  )
}
