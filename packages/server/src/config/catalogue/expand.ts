import { type Entry, type Identity, type ProfileFields, quirksOf } from '@latchkey/providers'
import { wireToFile } from './wire.ts'

/**
 * An entry of the catalogue as one would write it by hand in a configuration file. Placeholders stay as they are:
 * they are filled before.
 */
export function expandEntry(entry: Entry): Record<string, unknown> {
  const { endpoints, refresh, scopes = {} } = entry
  return present({
    type: entry.protocol,
    name: entry.name,
    ...(entry.protocol === 'oauth1' ? oauth1(entry) : oauth2(entry)),
    ...identityOf(entry.identity, entry.protocol),
    userinfo_endpoint: entry.protocol === 'oidc' ? undefined : endpoints.userinfo,
    authorization_endpoint: entry.protocol === 'oidc' ? undefined : endpoints.authorization,
    scopes: scopes.signIn,
    connect_scopes: scopes.connect,
    scope_separator: separatorOf(scopes.separator),
    authorize_params: entry.authorizeParams,
    connect_authorize_params: entry.connectAuthorizeParams,
    refresh: present({
      access_token_seconds: refresh.accessTokenSeconds,
      ends_after_days: refresh.endsAfterDays,
      ends_unused_after_days: refresh.endsUnusedAfterDays,
    }),
    api_hosts: entry.apiHosts,
  })
}

const oauth2 = (whole: Entry) => ({
  ...endpointsOf(whole),
  ...rulesOf(whole),
})

const rulesOf = (entry: Entry) => ({
  token_endpoint_auth_method: authMethods[entry.clientAuthentication ?? 'post'],
  revocation_ends_account: entry.refresh.revocationEndsAccount,
  response_mode: entry.responseMode,
  pkce: entry.pkce,
  wire: wireOf(entry),
  quirks: quirksOf(entry)
    // the separator stands in a key of its own, where a configuration can say another
    .filter(({ rules }) => rules !== undefined && rules.scopeSeparator === undefined)
    .map(({ name }) => name),
})

const endpointsOf = ({ protocol, endpoints, issuer }: Entry) => ({
  ...(protocol === 'oidc'
    ? { issuer, discovery_url: endpoints.discovery }
    : { token_endpoint: endpoints.token, emails_endpoint: endpoints.emails }),
  refresh_endpoint: endpoints.refresh,
  exchange_endpoint: endpoints.exchange,
  revocation_endpoint: endpoints.revocation,
  introspection_endpoint: endpoints.introspection,
})

const oauth1 = ({ endpoints, oauth1: rules }: Entry) => ({
  request_token_endpoint: endpoints.requestToken,
  access_token_endpoint: endpoints.token,
  signature_method: rules?.signatureMethod,
  unsafe_version_10: rules?.unsafeVersion10,
  // Nobody signs in without a verifier.
  sign_in: rules?.unsafeVersion10 === true ? false : undefined,
  request_token_params: rules?.requestTokenParams,
  scope_parameter: rules?.scope,
})

const authMethods = {
  basic: 'client_secret_basic',
  post: 'client_secret_post',
  none: 'none',
  private_key_jwt: 'private_key_jwt',
}

/** A space is a plus sign once it is form-encoded. */
const separatorOf = (separator: string | undefined) => (separator === '+' ? ' ' : separator)

/** Who somebody is. Nobody signs in where nothing tells. */
function identityOf(identity: Identity, protocol: Entry['protocol']): Record<string, unknown> {
  if (identity.from === 'nothing') return { identity_from: 'nothing', sign_in: false }
  if (identity.from === 'id-token' || protocol === 'oidc') return {}
  return {
    identity_from: identity.from,
    ...(identity.shared === true && { shared_account: true, sign_in: false }),
    subject: identity.subject,
    emails: identity.emails,
    profile: present({
      name: identity.name,
      label: identity.login,
      email: identity.email,
      email_verified: typeof identity.emailVerified === 'string' ? identity.emailVerified : undefined,
      picture: identity.picture,
    }),
  }
}

function wireOf({ wire, identity }: Entry): Record<string, unknown> {
  const known = 'subject' in identity && knownOf(identity)
  return wireToFile({ ...(known === 'always' && { emailVerified: 'always' }), ...wire })
}

const knownOf = ({ emailVerified }: ProfileFields) =>
  typeof emailVerified === 'object' ? emailVerified.known : undefined

/** Without what is undefined. */
const present = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
