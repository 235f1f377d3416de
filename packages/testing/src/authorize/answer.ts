import { formPostPage } from '../pages/form-post.ts'
import { pageResponse } from '../pages/layout.ts'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

/** What the browser is to carry back, in order; a name may come twice when a fault wants it so. */
export interface AuthorizationAnswer {
  redirectUri: string
  mode: ResponseMode
  params: readonly (readonly [name: string, value: string])[]
}

/** The redirect URI's own query stays as it is, byte for byte. */
const withQuery = (uri: string, query: string): string => `${uri}${uri.includes('?') ? '&' : '?'}${query}`

/** OAuth 2.0 Multiple Response Type Encoding Practices section 2.1; OAuth 2.0 Form Post Response Mode. */
export const sendAnswer = (answer: AuthorizationAnswer, provider: string): Response | Promise<Response> => {
  if (answer.mode === 'form_post') return pageResponse(formPostPage(answer, provider), { script: true })
  const query = new URLSearchParams(
    answer.params.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  const location =
    answer.mode === 'fragment' ? `${answer.redirectUri}#${query}` : withQuery(answer.redirectUri, query)
  // 303, as RFC 9700 section 4.12 asks: the browser must not repeat a POST at the client.
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
