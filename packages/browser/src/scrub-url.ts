/**
 * A URL without its secrets, for error reporters and analytics: the values of `code`, `state`, tokens and the like,
 * ours or anybody's, in query and fragment, become `-`.
 *
 * ```ts
 * Sentry.init({ beforeSend: (event) => ({ ...event, request: { ...event.request, url: scrubUrl(event.request.url) } }) })
 * ```
 */
export function scrubUrl(url: string): string {
  return url.replace(/([?#&](code|state|code_verifier|request_uri|\w*token\w*)=)[^&#]*/gi, '$1-')
}
