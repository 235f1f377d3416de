/**
 * Takes our authorization response out of the address bar as soon as it is imported, before other scripts run.
 *
 * Only what came with our own `state` (prefix `lk.`) is touched, in the query and in the fragment; anybody else's
 * `code` or `access_token` stays. `@latchkey/browser` imports this first; a page that runs other scripts earlier
 * imports `@latchkey/browser/capture` ahead of them.
 */

/** What came back, and where: the raw parameters, and the page's URL without them. */
export interface CapturedCallback {
  parameters: string
  url: string
}

declare global {
  // Of the page, because the early import and the client may be bundled apart.
  var latchkeyCallback: CapturedCallback | undefined
}

/** The captured response, once: whoever takes it finishes it. */
export function takeCallback(): CapturedCallback | undefined {
  const captured = globalThis.latchkeyCallback
  globalThis.latchkeyCallback = undefined
  return captured
}

function capture({ href }: Location): void {
  let parameters = ''
  // The parts of a URL that can hold it: ?query and #fragment.
  const url = href.replace(/[?#][^#]*/g, (part) => {
    if (!/[?#&]state=lk\./.test(part)) return part
    parameters = part.replace(/^.*[?#]/, '')
    return part.replace(/(?<=[?#&])(code|state|iss|error\w*|request_id)=[^&]*&?/g, '').replace(/[?#&]+$/, '')
  })
  if (!parameters) return
  globalThis.latchkeyCallback = { parameters, url }
  history.replaceState(history.state, '', url)
}

if (typeof location === 'object') capture(location)
