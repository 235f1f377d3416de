import type { Quirk } from './quirk.ts'

/** How tokens are renewed and how they end. */
export const refreshQuirks: readonly Quirk[] = [
  {
    name: 'rotating-refresh-token',
    description: 'the refresh token changes with each refresh',
    holds: ({ refresh }) => refresh.rotates === true,
  },
  {
    name: 'refresh-omits-refresh-token',
    description: "a refresh's answer has no refresh token; the old one is kept",
    holds: ({ refresh }) => refresh.omitted === true,
  },
  {
    name: 'reuse-grace-window',
    description: 'the used refresh token works a little longer',
    holds: ({ refresh }) => refresh.graceSeconds !== undefined,
  },
  {
    name: 'lost-response-breaks-connection',
    description: 'a lost answer to a refresh can end the connection',
  },
  {
    name: 'separate-refresh-endpoint',
    description: 'tokens are refreshed at another endpoint',
    holds: ({ endpoints }) => endpoints.refresh !== undefined,
  },
  {
    name: 'no-refresh-token-exchange-instead',
    description: 'no refresh token: the access token is exchanged for a long-lived one',
    holds: ({ wire }) => wire?.exchange !== undefined || wire?.refreshExchange !== undefined,
  },
  { name: 'refresh-for-partners-only', description: 'refresh tokens for approved partners only' },
  {
    name: 'fixed-refresh-lifetime',
    description: 'refreshing does not extend the refresh token',
    holds: ({ refresh }) => refresh.endsAfterDays !== undefined,
  },
  {
    name: 'silent-refresh-token-cap',
    description: 'the oldest refresh token is dropped silently beyond a cap',
  },
  { name: 'token-count-cap', description: 'a limited number of live tokens per person and app' },
  {
    name: 'never-expires',
    description: 'access tokens never expire',
    holds: ({ refresh }) => refresh.neverExpires === true,
  },
  { name: 'never-expires-became-optional', description: 'was non-expiring, is moving to expiring tokens' },
  { name: 'expiry-opt-in-param', description: 'expiring tokens are asked for by a parameter' },
  { name: 'client-chosen-expiry', description: 'the client picks the lifetime' },
  {
    name: 'short-access-token',
    description: 'access tokens live 30 minutes or less',
    holds: ({ refresh }) => refresh.accessTokenSeconds !== undefined && refresh.accessTokenSeconds <= 1800,
  },
  {
    name: 'refresh-returns-same-access-token',
    description: 'a refresh may answer with the same access token',
  },
  {
    name: 'revocation-renamed',
    description: 'a token is revoked by a request of another form',
    holds: ({ wire }) => wire?.revocationRequest !== undefined,
  },
  { name: 'docs-contradict-on-rotation', description: "the provider's pages disagree about rotation" },
  { name: 'hourly-validate-duty', description: 'tokens must be validated every hour' },
]
