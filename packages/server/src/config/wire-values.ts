import { type Check, type Complaint, complainIf } from './complaint.ts'
import { checkProviderIssuer } from './uris.ts'

const parameterName = /^[A-Za-z0-9$._~:[\]-]{1,64}$/

export const checkParameterName: Check<string> = (name) =>
  complainIf(
    !parameterName.test(name),
    'is not the name of a parameter',
    'use 1 to 64 letters, digits and "$ . _ ~ : [ ] -"',
  )

/** Names with dots between, for members of JSON. */
export const checkMemberPath: Check<string> = (value) =>
  complainIf(
    !/^[^.\s]+(\.[^.\s]+)*$/.test(value),
    'is not a path of names with dots between',
    'give the name of the member, such as "data.expires_in"',
  )

/** Further parameters of a token request, beside those that decide what it is and who asks. */
const ownTokenParameters = new Set([
  ...[
    'client_secret',
    'client_assertion',
    'code',
    'code_verifier',
    'grant_type',
    'redirect_uri',
    'refresh_token',
  ],
])

export const checkTokenParameter: Check<string> = (name) => [
  ...checkParameterName(name),
  ...complainIf(
    ownTokenParameters.has(name),
    'is a parameter that Latchkey sets itself',
    'leave it out; "token_names" renames one, "token_omits" leaves one out',
  ),
]

/** Parameters of ours that begin with "oauth_" come from the protocol alone (RFC 5849 section 3.1). */
export const checkOAuth1Parameter: Check<string> = (name) => [
  ...checkParameterName(name),
  ...complainIf(name.startsWith('oauth_'), 'is a parameter that Latchkey sets itself', 'leave it out'),
]

const ownHeader =
  /^(?:authorization|connection|cookie2?|dpop|expect|host|keep-alive|proxy-.*|set-cookie|te|trailer|transfer-encoding|upgrade|content-.*)$/

/** RFC 9110 section 5.1: a field's name, and none that carries credentials or frames the message. */
export const checkHeaderName: Check<string> = (name) => [
  ...complainIf(
    !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name),
    'is not the name of a header',
    'use letters, digits and "-"',
  ),
  ...complainIf(ownHeader.test(name.toLowerCase()), 'is a header that Latchkey sets itself', 'leave it out'),
]

export const checkHeaderValue: Check<string> = (value) =>
  complainIf(
    !/^[\x20-\x7e]{1,2048}$/.test(value),
    'is not the value of a header',
    'use printable ASCII in one line',
  )

const ofRevocation = /^(client_id|client_secret|access_token|refresh_token|data\..+)$/

/** A value of a revocation request. What stands in braces is filled, so that it has to be known. */
export const checkRevocationValue: Check<string> = (value) =>
  [...value.matchAll(/\{([a-z_][\w.-]*)\}/gi)].flatMap(([whole, name = '']) =>
    complainIf(
      !ofRevocation.test(name),
      `holds ${whole}, which nothing stands for`,
      'use {client_id}, {client_secret}, {access_token}, {refresh_token} or {data.<name>}',
    ),
  )

/** RFC 9110 section 11.6.2: a scheme and what follows it, of which something is filled. */
export const checkRevocationAuthorization: Check<string> = (value) => [
  ...complainIf(
    value !== 'basic' && !/^[A-Za-z][A-Za-z0-9-]* [\x21-\x7e]*\{[a-z_.]+\}[\x21-\x7e]*$/.test(value),
    'is not the value of an Authorization header',
    'write "basic", or such as "Client {client_secret}"',
  ),
  ...checkRevocationValue(value),
]

/** The code flow and no other: a token must not come by way of the browser (RFC 9700 section 2.1.2). */
export const checkResponseType: Check<string> = (value) =>
  complainIf(
    !/^[A-Za-z_]{1,32}$/.test(value) || /token/i.test(value),
    'is not a response type of the code flow',
    'leave it out; no token may come by way of the browser',
  )

/** Standard names -> names at this provider. None may come to mean two things; `alternatives` never go together. */
export const checkRenames =
  (standard: readonly string[], alternatives: readonly string[] = []): Check<object> =>
  (value) => {
    const renames = new Map(Object.entries(value))
    const used = new Map<unknown, string>()
    return standard.flatMap((name): Complaint[] => {
      const called = renames.get(name) ?? name
      const owner = used.get(called)
      used.set(called, owner ?? name)
      return complainIf(
        owner !== undefined && !(alternatives.includes(owner) && alternatives.includes(name)),
        `gives ${owner} and ${name} one name`,
        'give each parameter a name of its own',
      )
    })
  }

/** https, with one segment that a claim of the ID token fills: `https://login.example/{tid}/v2.0`. */
export const checkIssuerTemplate: Check<string> = (value) => {
  const claims = value.match(/(?<=\/)\{[a-z_]{1,32}\}(?=\/|$)/g) ?? []
  const filled = value.replace(claims[0] ?? '', 'x')
  if (claims.length === 1 && !/[{}]/.test(filled)) return checkProviderIssuer(filled)
  return complainIf(
    true,
    'is not an issuer with the name of a claim as one segment of its path',
    'write it as "https://login.example.com/{tid}/v2.0"',
  )
}
