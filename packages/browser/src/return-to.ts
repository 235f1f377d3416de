/**
 * Where to go after signing in or out: a path of this origin, or `/`.
 *
 * `//evil`, `/\evil`, `javascript:` and other origins' URLs become `/`, as does what a browser would read as `//evil`
 * once the dots are resolved (`/.//evil`).
 */
export function safeReturnTo(target: string, origin: string): string {
  try {
    const url = new URL(target, origin)
    const path = url.pathname + url.search + url.hash
    return url.origin === origin && /^\/(?!\/)/.test(path) ? path : '/'
  } catch {
    return '/'
  }
}
