import type { Entry } from '../entry.ts'
import type { Quirk } from './quirk.ts'

const separatedBy = (separator: string) => (entry: Entry) => entry.scopes?.separator === separator
const calls = (name: 'client_id' | 'redirect_uri' | 'response_type' | 'scope') => (entry: Entry) =>
  entry.wire?.authorizeNames?.[name] !== undefined

/** The authorization request. */
export const authorizeQuirks: readonly Quirk[] = [
  {
    name: 'comma-scopes',
    description: 'scopes joined with a comma',
    rules: { scopeSeparator: ',' },
    holds: separatedBy(','),
  },
  {
    name: 'semicolon-scopes',
    description: 'scopes joined with a semicolon',
    rules: { scopeSeparator: ';' },
    holds: separatedBy(';'),
  },
  {
    name: 'plus-scopes',
    description: 'scopes joined with a plus sign',
    // A form-encoded space is a plus sign.
    rules: { scopeSeparator: ' ' },
    holds: separatedBy('+'),
  },
  {
    name: 'no-scope-parameter',
    description: 'no scope parameter (permissions are set at the provider)',
    rules: { sendScope: false },
  },
  {
    name: 'client-key-param',
    description: 'client_id is called client_key',
    rules: { authorizeNames: { client_id: 'client_key' }, tokenNames: { client_id: 'client_key' } },
  },
  {
    name: 'client-id-renamed',
    description: 'client_id has another name',
    holds: calls('client_id'),
  },
  {
    name: 'redirect-uri-renamed',
    description: 'redirect_uri has another name',
    holds: calls('redirect_uri'),
  },
  { name: 'scope-param-renamed', description: 'the scope parameter has another name', holds: calls('scope') },
  {
    name: 'response-type-renamed',
    description: 'response_type or grant_type has another name or value',
    holds: (entry) =>
      calls('response_type')(entry) ||
      entry.wire?.responseType !== undefined ||
      entry.wire?.grantType !== undefined,
  },
  {
    name: 'offline-needs-extra-params',
    description: 'a refresh token is only issued with extra authorization parameters',
    holds: ({ connectAuthorizeParams = {} }) => Object.keys(connectAuthorizeParams).length > 0,
  },
  {
    name: 'offline-needs-scope',
    description: 'a refresh token is only issued with an extra scope',
    holds: ({ scopes }) =>
      scopes?.connect?.some((scope) => /offline|refresh/i.test(scope) && !scopes.signIn?.includes(scope)) ===
      true,
  },
  { name: 'audience-param', description: 'an audience or resource parameter is needed' },
  { name: 'claims-parameter', description: 'claims must be asked for with the claims parameter' },
  { name: 'user-can-drop-scopes', description: 'people can untick scopes on the consent page' },
  {
    name: 'pkce-plain',
    description: 'PKCE is known with the method plain only',
    rules: { unsafeCodeChallenge: 'plain' },
  },
  { name: 'pkce-required', description: 'PKCE is mandatory' },
  { name: 'pkce-unsupported', description: 'PKCE makes it fail', holds: ({ pkce }) => pkce === 'none' },
  {
    name: 'state-unsupported',
    description: 'state does not come back; it travels in the redirect URI',
    rules: { stateIn: 'redirect-uri' },
  },
]
