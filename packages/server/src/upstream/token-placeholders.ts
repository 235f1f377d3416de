import type { ProviderConfig } from '../config/types.ts'
import { idText } from './claims.ts'
import type { ValidatedCallback } from './contract.ts'
import { fault } from './failures.ts'
import type { JsonObject } from './json.ts'
import { atPath } from './profile.ts'
import { hasControls } from './text.ts'
import type { Redeemed } from './token-endpoint.ts'

/** What stands for the placeholders of whatever is sent with an access token. */
export interface TokenValues {
  clientId: string
  accessToken: string
  /** The whole token answer, for `{token.<member>}`. */
  answer: JsonObject
  /** For `{client_secret}`, in headers alone. */
  clientSecret?: string | undefined
  /** The authorization code, for `{code}`, in userinfo's query alone. */
  code?: string | undefined
  /** Where an endpoint is for this account. Default: where it is for all. */
  placed?: (url: string) => string
}

/** The values that a code was worth. */
export const tokenValues = (
  { clientId, clientSecret }: Pick<ProviderConfig, 'clientId' | 'clientSecret'>,
  callback: ValidatedCallback,
  { tokens: { accessToken }, answer, placed }: Redeemed,
): TokenValues => ({
  ...{ clientId, clientSecret, accessToken, answer, placed },
  code: callback.get('code') ?? undefined,
})

/** What of them must not reach a log should a provider repeat it. */
export const secretsOf = ({ accessToken, clientSecret, code }: TokenValues): (string | undefined)[] => [
  ...[accessToken, clientSecret, code],
]

/** Only these, so that the braces of a GraphQL query stay what they are. */
const placeholder = /\{(client_id|client_secret|code|access_token|token\.[^{}\s]+)\}/g
const longestMember = 2_048

export const hasPlaceholder = (text: string): boolean => text.search(placeholder) !== -1

/**
 * A text with its placeholders filled.
 * @param encode what becomes of each value, by what the text is part of
 * @throws UpstreamError `provider_error`: `placeholder_unfilled`, with the placeholder's name, never its value
 */
export const fillIn = (
  text: string,
  values: TokenValues,
  encode: (value: string) => string | undefined = (value) => value,
): string =>
  text.replaceAll(placeholder, (_whole, name: string) => {
    const value = valueFor(name, values)
    const encoded = value === undefined ? undefined : encode(value)
    if (encoded === undefined) throw fault('placeholder_unfilled', { detail: name })
    return encoded
  })

function valueFor(name: string, values: TokenValues): string | undefined {
  const { clientId, clientSecret, code, accessToken, answer } = values
  if (name === 'client_id') return clientId
  if (name === 'client_secret') return clientSecret
  if (name === 'code') return code
  if (name === 'access_token') return accessToken
  const value = idText(atPath(answer, name.slice('token.'.length)))
  const fits = value !== undefined && value !== '' && value.length <= longestMember
  return fits && value.isWellFormed() && !hasControls(value) ? value : undefined
}

/**
 * An endpoint with its placeholders filled. They stand behind its host, each value percent-encoded: a value names a segment or a
 * part of one, and leads nowhere else. (Dots alone would: a URL has no way to write them.)
 * @throws UpstreamError as `fillIn`
 */
export function fillEndpoint(endpoint: string, values: TokenValues): string {
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(endpoint)?.[0] ?? ''
  if (hasPlaceholder(origin)) throw fault('placeholder_unfilled', { detail: 'in the host' })
  const segment = (value: string) => (/^\.+$/.test(value) ? undefined : encodeURIComponent(value))
  return origin + fillIn(endpoint.slice(origin.length), values, segment)
}
